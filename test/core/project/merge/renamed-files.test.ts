import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { generationOf } from "../../../../core/src/project/merge/generation.ts";
import { mergeProject } from "../../../../core/src/project/merge/merge-project.ts";
import { type HeldStatements, renamedFiles } from "../../../../core/src/project/merge/renamed-files.ts";
import { seal } from "../../../../core/src/project/merge/seal.ts";

const prints = Object.fromEntries(
  ["read()", "clean()", "scale()", "fit()", "score()"].map((code, cell) => [`${cell}.0`, `hash-${code} ${code}`]),
);

function renamed(then: HeldStatements, now: HeldStatements, statements = prints) {
  return Object.fromEntries(renamedFiles({ held: then, statements: prints }, { held: now, statements }));
}

describe("a file under another name", () => {
  test("is known by the statements that it holds", () =>
    assert.deepEqual(renamed({ "work.py": ["1.0", "2.0"] }, { "features.py": ["1.0", "2.0", "3.0"] }), {
      "features.py": "work.py",
    }));
  test("is known in a notebook whose cells moved", () => {
    const moved = Object.fromEntries(
      Object.entries(prints).map(([id, print]) => [`${Number.parseInt(id, 10) + 7}.0`, print]),
    );
    assert.deepEqual(renamed({ "work.py": ["1.0", "2.0"] }, { "features.py": ["8.0", "9.0"] }, moved), {
      "features.py": "work.py",
    });
  });
  test("is that of several which has most of it", () =>
    assert.deepEqual(renamed({ "work.py": ["0.0"], "rest.py": ["1.0", "2.0"] }, { "all.py": ["0.0", "1.0", "2.0"] }), {
      "all.py": "rest.py",
    }));
  test("is none where half of it went elsewhere, or the old name is still in use", () => {
    assert.deepEqual(renamed({ "work.py": ["1.0", "2.0"] }, { "a.py": ["1.0", "3.0"], "b.py": ["2.0", "4.0"] }), {});
    assert.deepEqual(renamed({ "work.py": ["1.0"] }, { "work.py": ["3.0"], "features.py": ["1.0"] }), {});
  });
});

/** A project with one stage. */
function project(stage: string, text: string) {
  const plan = { package: "made", stages: [{ name: stage, statements: ["1.0", "2.0"] }], modules: [] };
  const files = new Map([
    ["reprise.json", { text: JSON.stringify({ plan, origins: {} }), origins: [] }],
    [`src/made/${stage}.py`, { text, origins: [] }],
  ]);
  return seal({ package: "made", python: "3.11", files, copies: new Map(), stages: [] }, { targets: [] }, prints);
}

function merge(disk: Readonly<Record<string, string>>) {
  const before = project("work", "def work():\n    clean()\n    scale()\n");
  const texts = Object.entries(disk).map(([path, text]) => [path, { kind: "text" as const, text }] as const);
  const made = project("features", "def features():\n    clean()\n    scale()\n");
  const subject = { generation: generationOf(before), disk: new Map(texts), statements: prints, project: made };
  return mergeProject(subject).files.map(({ path, from, status, after }) => ({ path, from, status, after }));
}

describe("a stage that is called otherwise now", () => {
  test("takes what was edited along to its new file", () =>
    assert.deepEqual(merge({ "src/made/work.py": "def work():\n    clean()\n    scale()\n    mine()\n" }), [
      {
        path: "src/made/features.py",
        from: "src/made/work.py",
        status: "merged",
        after: "def features():\n    clean()\n    scale()\n    mine()\n",
      },
    ]));
  test("keeps a file that its user has deleted deleted only where nothing else changed", () =>
    assert.deepEqual(
      merge({}).map(({ status }) => status),
      ["restored"],
    ));
  test("leaves a file of the user's at the new path to a conflict, and the old one where it is", () =>
    assert.deepEqual(
      merge({ "src/made/work.py": "mine()\n", "src/made/features.py": "mine too\n" }).map(({ path, status }) => [
        path,
        status,
      ]),
      [
        ["src/made/features.py", "conflict"],
        ["src/made/work.py", "left"],
      ],
    ));
});
