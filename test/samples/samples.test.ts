import assert from "node:assert/strict";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../core/src/host/child-process.ts";
import type { CodeCell, Notebook } from "../../core/src/notebook/model.ts";
import { readNotebook } from "../../core/src/notebook/read.ts";
import { requirePython } from "../support/python.ts";
import { samplesFolder } from "./expectation.ts";

const samples = globSync("*/expected.json", { cwd: samplesFolder }).map(dirname).sort();

function read(folder: string, sample: string): Notebook {
  const path = join(folder, sample, `${sample}.ipynb`);
  return readNotebook(readFileSync(path, "utf8"), path);
}

const codeOf = (notebook: Notebook) => notebook.cells.filter((cell): cell is CodeCell => cell.kind === "code");

for (const sample of samples) {
  test(`${sample} is small, was executed, and names the source and the licence of its data`, () => {
    const notebook = read(samplesFolder, sample);
    assert.ok(notebook.cells.length >= 20 && notebook.cells.length <= 60, `${notebook.cells.length} cells`);
    assert.ok(notebook.text.length < 300_000, `${notebook.text.length} characters`);
    const executed = codeOf(notebook).filter((cell) => cell.executionCount !== null);
    assert.ok(executed.length >= codeOf(notebook).length - 1);
    assert.ok(
      executed.every((cell) => "execution" in cell.metadata),
      "a cell without the times of its run",
    );
    const readme = readFileSync(join(samplesFolder, sample, "README.md"), "utf8");
    assert.match(readme, /^Data: [\s\S]*(BSD-3-Clause|PSF-2\.0)/m);
    for (const file of globSync(join(samplesFolder, sample, "data", "*")))
      assert.ok(statSync(file).size < 200_000, file);
  });
}

test("the record of voters is what its author's steps give again", { timeout: 120_000 }, async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), "reprise-replay-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(samplesFolder, "execute.py"), join(folder, "execute.py"));
  cpSync(join(samplesFolder, "voters"), join(folder, "voters"), { recursive: true });
  const { code, stderr } = await runProcess(python, [join(folder, "execute.py"), "voters"]);
  assert.equal(code, 0, stderr);
  assert.deepEqual(record(read(folder, "voters")), record(read(samplesFolder, "voters")));
});

/** What two replays have in common: not the times, not the folder and the process in the paths of warnings. */
function record(notebook: Notebook): unknown {
  return codeOf(notebook).map(({ source, executionCount, outputs }) => ({
    source,
    executionCount,
    text: outputs.map((output) => {
      const data = output.data as Readonly<Record<string, unknown>> | undefined;
      return JSON.stringify(output.text ?? data?.["text/plain"]).replaceAll(/[^"]*ipykernel_\d+/g, "ipykernel");
    }),
  }));
}
