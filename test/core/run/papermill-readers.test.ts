import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import type { ParameterValue } from "../../../core/src/run/parameters/parameter-value.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { requirePython } from "../../support/python.ts";

const cells = [
  { source: "alpha = 1", tags: ["parameters"] },
  "import scrapbook\nscrapbook.glue('score', alpha * 0.25)\nscrapbook.glue('names', ['a', 'b'])\nscrapbook.glue('runs', 3)",
  "print('alpha is', alpha)",
];

/** What the other tools read in what we wrote, and what they make of it. */
const reading = `
import json, papermill, scrapbook
ours = scrapbook.read_notebook("ours.ipynb")
node = papermill.iorw.load_notebook_node("ours.ipynb")
again = papermill.execute_notebook("ours.ipynb", "theirs.ipynb", {"alpha": 5}, progress_bar=False)
print(json.dumps({
    "scraps": dict(ours.scraps.data_dict),
    "parameters": dict(ours.parameters),
    "executed": [cell.metadata.papermill.status for cell in node.cells],
    "times": len(ours.execution_counts),
    "printed": [output.text for cell in again.cells for output in cell.get("outputs", []) if output.output_type == "stream"],
    "injected": sum("injected-parameters" in cell.metadata.get("tags", []) for cell in again.cells),
}))
`;

test("papermill and scrapbook read our notebooks, we read theirs, and glued numbers are metrics", async (context) => {
  const python = await requirePython(context, "languages");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  const engine = await localEngine({ environment: await foundEnvironment(python) });
  context.after(() => engine.close());
  const run = async (name: string, text: string, output: string, alpha: ParameterValue) =>
    runNotebook({
      notebook: readNotebook(text, name),
      engine,
      directory: folder,
      command: [],
      output: join(folder, output),
      parameters: new Map([["alpha", alpha]]),
    });
  const text = notebookText(cells);
  writeFileSync(join(folder, "a.ipynb"), text);
  const { record } = await run("a.ipynb", text, "ours.ipynb", 3);
  assert.deepEqual(
    record.metrics.map(({ name, value, step }) => [name, value, step]),
    [
      ["score", 0.75, 1],
      ["runs", 3, 1],
    ],
  );
  const scripts = dirname(python);
  const peer = await runProcess(python, ["-W", "ignore", "-c", reading], {
    directory: folder,
    environment: {
      ...process.env,
      PATH: `${scripts}:${process.env.PATH}`,
      JUPYTER_PATH: join(scripts, "..", "share", "jupyter"),
    },
  });
  assert.equal(peer.code, 0, peer.stderr);
  assert.deepEqual(JSON.parse(peer.stdout), {
    scraps: { score: 0.75, names: ["a", "b"], runs: 3 },
    parameters: { alpha: 3 },
    executed: ["completed", "completed", "completed", "completed"],
    times: 4,
    printed: ["alpha is 5\n"],
    injected: 1,
  });
  const theirs = readFileSync(join(folder, "theirs.ipynb"), "utf8");
  const { content, record: second } = await run("theirs.ipynb", theirs, "again.ipynb", 7);
  assert.equal(second.status, "succeeded");
  assert.equal(content.cells.length, 4);
  assert.deepEqual((content.cells[3]?.outputs as { text: string }[])[0]?.text, "alpha is 7\n");
});
