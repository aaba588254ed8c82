import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import { openProject, readProjectFiles } from "../../../core/src/host/read-project.ts";
import { writeProject } from "../../../core/src/host/write-project.ts";
import { seal } from "../../../core/src/project/merge/seal.ts";
import { temporaryFolder } from "../../support/folder.ts";

const manifest = JSON.stringify({
  schema: "reprise.project/1",
  plan: { package: "made", stages: [], modules: [] },
  origins: {},
});
const problem = (id: string) => (error: { problem?: { id: string } }) => error.problem?.id === id;

async function made(context: TestContext): Promise<string> {
  const folder = join(temporaryFolder(context), "out");
  const texts = { "reprise.json": manifest, "a.py": "x = 1\n" };
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, { text, origins: [] }]));
  const project = { package: "made", python: "3.11", files, copies: new Map(), stages: [] };
  await writeProject(seal(project, { targets: ["dvc"] }), folder);
  return folder;
}

test("a project is opened with what was generated and what was asked", async (context) => {
  const found = await openProject(await made(context));
  assert.deepEqual(found?.settings, { targets: ["dvc"] });
  assert.equal(found?.generation.files["a.py"]?.text, "x = 1\n");
});

test("there is no project where there is no folder, and none in a folder of something else", async (context) => {
  const folder = temporaryFolder(context);
  assert.equal(await openProject(join(folder, "none")), undefined);
  await assert.rejects(openProject(folder), problem("RP162"));
});

const faults: readonly (readonly [string, string, (folder: string) => void])[] = [
  ["reprise.json is no JSON", "RP164", (folder) => writeFileSync(join(folder, "reprise.json"), "{ broken")],
  ["reprise.json is a list", "RP164", (folder) => writeFileSync(join(folder, "reprise.json"), "[]")],
  [
    "reprise.json is of a newer version",
    "RP164",
    (folder) => writeFileSync(join(folder, "reprise.json"), '{"schema": "reprise.project/2"}'),
  ],
  ["the base is gone", "RP164", (folder) => rmSync(join(folder, ".conversion"), { recursive: true })],
  [
    "the base is not compressed",
    "RP164",
    (folder) => writeFileSync(join(folder, ".conversion/generated.json.gz"), "no gzip"),
  ],
  [
    "the base is larger than any project",
    "RP164",
    (folder) => writeFileSync(join(folder, ".conversion/generated.json.gz"), gzipSync(Buffer.alloc(80 * 1024 * 1024))),
  ],
  [
    "the base is of another conversion",
    "RP164",
    (folder) => {
      const text = '{"schema": "reprise.generation/1", "files": {}, "copies": []}';
      writeFileSync(join(folder, ".conversion/generated.json.gz"), gzipSync(text));
    },
  ],
  [
    "the base names files out of the project",
    "RP163",
    (folder) => {
      const text = '{"schema": "reprise.generation/1", "files": {"../a": {"sha256": ""}}, "copies": []}';
      writeFileSync(join(folder, ".conversion/generated.json.gz"), gzipSync(text));
    },
  ],
];
for (const [name, id, spoil] of faults) {
  test(`a project is refused where ${name}`, async (context) => {
    const folder = await made(context);
    spoil(folder);
    await assert.rejects(openProject(folder), problem(id));
  });
}

test("what lies at a path is told, whatever it is", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "text.py"), "ä\r\n");
  writeFileSync(join(folder, "latin.py"), Buffer.from([0xe4, 0x0a]));
  writeFileSync(join(folder, "binary.py"), Buffer.from([0, 1]));
  mkdirSync(join(folder, "folder.py"));
  symlinkSync("/etc/hostname", join(folder, "link.py"));
  symlinkSync("/etc", join(folder, "away"));
  const paths = ["text.py", "latin.py", "binary.py", "folder.py", "link.py", "away/hostname", "absent.py", "x/y.py"];
  assert.deepEqual(Object.fromEntries(readProjectFiles(folder, paths)), {
    "text.py": { kind: "text", text: "ä\r\n" },
    "latin.py": { kind: "other", what: "not UTF-8" },
    "binary.py": { kind: "other", what: "binary" },
    "folder.py": { kind: "other", what: "a folder" },
    "link.py": { kind: "other", what: "a link" },
    "away/hostname": { kind: "other", what: "behind a link" },
    "absent.py": { kind: "absent" },
    "x/y.py": { kind: "absent" },
  });
  assert.throws(() => readProjectFiles(folder, ["../x"]), problem("RP163"));
});

test("a project that is written again has the same bytes", async (context) => {
  const [one, other] = [await made(context), await made(context)];
  const read = (folder: string) => readFileSync(join(folder, ".conversion/generated.json.gz"));
  assert.deepEqual(read(one), read(other));
});
