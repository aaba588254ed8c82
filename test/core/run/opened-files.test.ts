import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { type OpenedFile, withOpened } from "../../../core/src/run/record/opened-files.ts";
import type { RunRecord } from "../../../core/src/run/record/record.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { runProject } from "../../../core/src/run/run-project.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";

const shown = ({ data }: Pick<RunRecord, "data">) =>
  data.map(({ path, use, bytes }) => [basename(path), use, bytes]).sort();

const code = `
import os
name = "".join(["a", ".csv"])
with open(os.path.join("data", name)) as file:
    rows = file.read()
open("made.txt", "w").write(rows)
open("made.txt").read()
with open("changed.txt", "r+") as file:
    file.write(file.read() + "!")
open("run.log", "a").write("line")
import helper
try:
    open("absent.csv")
except OSError:
    pass
`;

function filesIn(folder: string): void {
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", "a.csv"), "1,2\n");
  writeFileSync(join(folder, "changed.txt"), "x");
  writeFileSync(join(folder, "run.log"), "line");
  writeFileSync(join(folder, "helper.py"), "open('data/a.csv').close()\n");
}

const found = [
  ["a.csv", "read", 4],
  ["changed.txt", "read", undefined],
  ["made.txt", "write", 4],
  ["run.log", "write", 8],
];

test("a record names the files that a notebook opened under names that only its code knew", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const folder = temporaryFolder(context);
  filesIn(folder);
  const notebook = readNotebook(notebookText(code.trim().split("\nimport helper\n")), join(folder, "a.ipynb"));
  const data = [{ path: join(folder, "run.log"), use: "write" as const }];
  const { record } = await runNotebook({ notebook, engine, directory: folder, command: [], data });
  assert.equal(record.status, "succeeded");
  assert.deepEqual(shown(record), found);
});

test("so does that of a project, which has its own files in its code", async (context) => {
  const engine = await requireEngine(context);
  if (engine === undefined) return;
  const folder = temporaryFolder(context);
  const project = join(folder, "project");
  mkdirSync(join(project, "src", "forest"), { recursive: true });
  writeFileSync(join(project, "params.yaml"), "n: 1\n");
  writeFileSync(join(project, "src", "forest", "__init__.py"), "");
  const own = `import sys
print(sys.argv[1:], __name__, __spec__.name)
open(${JSON.stringify(join(project, "params.yaml"))}).read()
open(sys.argv[3] + "/value.json", "w").write("1")
os_folder = ${JSON.stringify(folder)}
import os
os.chdir(os_folder)
sys.path.insert(0, os_folder)
`;
  writeFileSync(join(project, "src", "forest", "__main__.py"), own + code);
  filesIn(folder);
  const said: string[] = [];
  const work = join(project, "work");
  const record = await runProject(
    { engine, folder: project, package: "forest", work, dataDirectory: folder, command: [] },
    (event) => {
      if (event.kind === "output") said.push(event.text);
    },
  );
  assert.equal(record.status, "succeeded", said.join(""));
  assert.match(said.join(""), /^\['run', '--work', '.*', '--data-dir=.*'\] __main__ forest.__main__\n$/);
  assert.deepEqual(shown(record), found);
});

test("many files of one folder are recorded as the folder, and what a known folder holds is known", async (context) => {
  const folder = temporaryFolder(context);
  const opened = ["images", "known"].flatMap((name) => {
    mkdirSync(join(folder, name));
    return Array.from({ length: 101 }, (_, at): OpenedFile => {
      const file = join(folder, name, `${at}.png`);
      writeFileSync(file, `${at}`);
      return [file, "read"];
    });
  });
  const known = { path: join(folder, "known"), use: "read" as const };
  const data = await withOpened([known], opened, Date.now() + 60_000);
  assert.deepEqual(
    data.map(({ path }) => basename(path)),
    ["known", "images"],
  );
  assert.match(data[1]?.hash ?? "", /^sha256:/);
});
