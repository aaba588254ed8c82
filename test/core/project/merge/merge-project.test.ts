import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ProblemError } from "../../../../core/src/problem/problem.ts";
import { generationOf, parseGeneration } from "../../../../core/src/project/merge/generation.ts";
import type { OnDisk } from "../../../../core/src/project/merge/merge-file.ts";
import { mergeProject } from "../../../../core/src/project/merge/merge-project.ts";
import { seal } from "../../../../core/src/project/merge/seal.ts";
import type { LineOrigin, Project } from "../../../../core/src/project/project.ts";

type Texts = Readonly<Record<string, string>>;

function project(texts: Texts, origins: readonly LineOrigin[] = []): Project {
  const files = Object.entries({ "reprise.json": '{"origins": {}}', ...texts }).map(
    ([path, text]) => [path, { text, origins: path.endsWith(".py") ? origins : [] }] as const,
  );
  return seal(
    { package: "made", python: "3.11", files: new Map(files), copies: new Map(), stages: [] },
    { targets: [] },
  );
}

function merge(before: Texts, disk: Readonly<Record<string, string | OnDisk>>, now: Texts, force = false) {
  const found = Object.entries(disk).map(
    ([path, file]) => [path, typeof file === "string" ? { kind: "text" as const, text: file } : file] as const,
  );
  const made = project(now);
  return mergeProject({ generation: generationOf(project(before)), disk: new Map(found), project: made, force });
}

function statuses(...args: Parameters<typeof merge>) {
  return Object.fromEntries(merge(...args).files.map(({ path, status, after }) => [path, [status, after]]));
}

const problem = (id: string) => (error: unknown) => error instanceof ProblemError && error.problem.id === id;

const old = { "a.py": "x = 1\ny = 2\nz = 3\n" };
const changed = { "a.py": "x = 1\ny = 2\nz = 4\n" };

describe("what becomes of a file", () => {
  test("untouched and generated as before: unchanged", () =>
    assert.deepEqual(statuses(old, old, old), { "a.py": ["unchanged", old["a.py"]] }));
  test("untouched and generated otherwise: updated", () =>
    assert.deepEqual(statuses(old, old, changed), { "a.py": ["updated", changed["a.py"]] }));
  test("edited and generated as before: kept", () =>
    assert.deepEqual(statuses(old, { "a.py": "mine" }, old), { "a.py": ["kept", "mine"] }));
  test("edited and generated otherwise: merged", () =>
    assert.deepEqual(statuses(old, { "a.py": "w = 0\ny = 2\nz = 3\n" }, changed), {
      "a.py": ["merged", "w = 0\ny = 2\nz = 4\n"],
    }));
  test("edited in the place that is generated otherwise: a conflict", () =>
    assert.equal(statuses(old, { "a.py": "x = 1\ny = 2\nz = 5\n" }, changed)["a.py"]?.[0], "conflict"));
  test("no longer generated: removed", () =>
    assert.deepEqual(statuses(old, old, {}), { "a.py": ["removed", undefined] }));
  test("no longer generated, but edited: left", () =>
    assert.deepEqual(statuses(old, { "a.py": "mine" }, {}), { "a.py": ["left", "mine"] }));
  test("new: added", () => assert.deepEqual(statuses({}, {}, old), { "a.py": ["added", old["a.py"]] }));
  test("deleted and generated as before: stays deleted", () =>
    assert.deepEqual(statuses(old, {}, old), { "a.py": ["deleted", undefined] }));
  test("deleted and generated otherwise: written again", () =>
    assert.deepEqual(statuses(old, {}, changed), { "a.py": ["restored", changed["a.py"]] }));
  test("a file of the user's where a new one is generated: a conflict", () =>
    assert.equal(statuses({}, { "a.py": "mine\n" }, old)["a.py"]?.[0], "conflict"));
  test("with force, edits give way", () => {
    assert.deepEqual(statuses(old, { "a.py": "mine" }, old, true), { "a.py": ["updated", old["a.py"]] });
    assert.deepEqual(statuses(old, { "a.py": "mine" }, {}, true), { "a.py": ["removed", undefined] });
  });
  test("line ends of Windows are no edit, and stay", () => {
    const windows = old["a.py"].replaceAll("\n", "\r\n");
    assert.deepEqual(statuses(old, { "a.py": windows }, old), { "a.py": ["unchanged", windows] });
    assert.deepEqual(statuses(old, { "a.py": windows }, changed), {
      "a.py": ["updated", changed["a.py"].replaceAll("\n", "\r\n")],
    });
  });
  test("a lock is never merged line by line", () =>
    assert.deepEqual(statuses({ "pylock.toml": "a" }, { "pylock.toml": "b" }, { "pylock.toml": "c" }), {
      "pylock.toml": ["updated", "c"],
    }));
});

for (const what of ["not UTF-8", "binary", "a folder", "a link"]) {
  test(`what is ${what} is kept where nothing changes, and refused where it would have to be merged`, () => {
    const disk = { "a.py": { kind: "other", what } } as const;
    assert.deepEqual(statuses(old, disk, old), { "a.py": ["kept", undefined] });
    assert.throws(() => merge(old, disk, changed), problem("RP166"));
  });
}

test("converting again without edits gives the project that is generated now, byte for byte", () => {
  const texts = fc.dictionary(fc.constantFrom("a.py", "b.md", "c/d.yaml"), fc.string());
  fc.assert(
    fc.property(texts, texts, (before, now) => {
      const { project: standing } = merge(before, before, now);
      assert.deepEqual(standing, project(now));
    }),
  );
});

test("the origins of lines go where the lines are after the merge", () => {
  const origins = [{ first: 2, last: 3, cell: 5, cellFirst: 1, cellLast: 2 }];
  const made = project({ "a.py": "x = 1\ny = 2\nz = 3\n" }, origins);
  const disk = new Map([["a.py", { kind: "text" as const, text: "# mine\nx = 1\ny = 2\nz = 3\n" }]]);
  const { project: standing } = mergeProject({ generation: generationOf(made), disk, project: made });
  const manifest = JSON.parse(standing.files.get("reprise.json")?.text ?? "");
  assert.deepEqual(manifest.origins["a.py"], [{ ...origins[0], first: 3, last: 4 }]);
});

test("a secret does not live on in the base", () => {
  const secret = `ghp_${"a1B2".repeat(9)}`;
  const { base } = project({ "a.py": `token = "${secret}"\n` });
  assert.equal(base?.includes(secret), false);
  assert.match(base ?? "", /token = /);
});

for (const text of ["", "{}", "[]", "null", '{"schema": "reprise.generation/2", "files": {}, "copies": []}']) {
  test(`a base that is ${JSON.stringify(text)} is refused`, () => {
    assert.throws(() => parseGeneration(text, "out/base"), problem("RP164"));
  });
}
