import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { failureText } from "../../../core/src/run/cells/failure-text.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { requireEngine } from "../../support/engine.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";

test("a failure is told with the cell, what it wrote, and its traceback without colour codes (56)", async (context) => {
  const text = await failureOf(context, "import sys\nprint('out')\nprint('err', file=sys.stderr)\n1 / 0");
  assert.match(text ?? "", /^ZeroDivisionError in cell 0: division by zero\n--- the cell ---\nimport sys\n/);
  assert.match(text ?? "", /--- its stdout ---\nout\n--- its stderr ---\nerr\n--- traceback ---\n/);
  assert.match(text ?? "", /1 \/ 0/);
  assert.ok(!text?.includes("\u001b"), "no colour codes");
});

test("long sources and outputs are shortened in what is told (58)", async (context) => {
  const lines = Array.from({ length: 1000 }, (_, at) => `x${at} = ${at}`);
  const text = await failureOf(
    context,
    `${lines.join("\n")}\nfor i in range(5000): print(i)\nraise ValueError('v' * 9999)`,
  );
  assert.match(text ?? "", /\nx0 = 0\n/);
  assert.match(text ?? "", /\n\.\.\. \(978 lines\)\n/);
  assert.match(text ?? "", /\n4999\n/);
  assert.ok((text?.length ?? 0) < 10_000, `${text?.length} characters`);
});

test("a question that nobody answers and a package that is missing are told with what to do", async (context) => {
  assert.match((await failureOf(context, "input('name? ')")) ?? "", /\nmend: .*parameter/);
  assert.match((await failureOf(context, "import no_such_package")) ?? "", /\nmend: .*--environment locked/);
});

async function failureOf(context: Parameters<typeof requireEngine>[0], cell: string): Promise<string | undefined> {
  const engine = await requireEngine(context);
  if (engine === undefined) return undefined;
  const folder = temporaryFolder(context);
  const notebook = readNotebook(notebookText([cell]), join(folder, "a.ipynb"));
  const { content, record } = await runNotebook({ notebook, engine, directory: folder, command: [] });
  assert.ok(record.failure);
  return failureText(record.failure, content);
}
