import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { serialiseNotebook } from "../../../core/src/notebook/serialise.ts";
import { type ParameterValue, PythonFloat } from "../../../core/src/run/parameters/parameter-value.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { requirePython } from "../../support/python.ts";

const notebooks = {
  "a notebook that runs": [
    { kind: "markdown", source: "# Title" },
    { source: "alpha = 0.5\nname = 'x'", tags: ["parameters"] },
    "print(alpha, name)\nalpha * 2",
    "",
    "from IPython.display import display, HTML\ndisplay(HTML('<b>é</b>'))",
  ],
  "a notebook that fails": ["print('before')", { source: "{}['key']" }, "print('never')"],
} as const;

for (const [title, cells] of Object.entries(notebooks)) {
  test(`${title} is left as papermill leaves it`, async (context) => {
    const python = await requirePython(context, "kernel");
    if (python === undefined) return;
    const folder = temporaryFolder(context);
    const text = notebookText([...cells]);
    const path = join(folder, "a.ipynb");
    writeFileSync(path, text);
    const hasParameters = text.includes("alpha");
    const script = `
import papermill
try:
    papermill.execute_notebook("a.ipynb", "theirs.ipynb", ${hasParameters ? '{"alpha": 2.0, "name": "é\\"\\n"}' : "None"}, progress_bar=False)
except papermill.PapermillExecutionError:
    pass`;
    const scripts = dirname(python);
    const peer = await runProcess(python, ["-c", script], {
      directory: folder,
      environment: {
        ...process.env,
        PATH: `${scripts}:${process.env.PATH}`,
        JUPYTER_PATH: join(scripts, "..", "share", "jupyter"),
      },
    });
    const theirs = readFileSync(join(folder, "theirs.ipynb"), "utf8");
    assert.ok(theirs, peer.stderr);
    const engine = await localEngine({ environment: await foundEnvironment(python) });
    context.after(() => engine.close());
    const { content } = await runNotebook({
      notebook: readNotebook(text, "a.ipynb"),
      engine,
      directory: folder,
      command: [],
      output: join(folder, "ours.ipynb"),
      ...(hasParameters && {
        parameters: new Map<string, ParameterValue>([
          ["alpha", new PythonFloat(2)],
          ["name", 'é"\n'],
        ]),
      }),
    });
    assert.deepEqual(comparable(serialiseNotebook(content)), comparable(theirs));
  });
}

/**
 * Without what differs between any two runs, or is each runner's own: times, ids, paths, versions. And papermill gives an
 * empty list of tags to each cell that has none.
 */
function comparable(text: string): unknown {
  const own = new Set(["duration", "end_time", "start_time", "id", "input_path", "output_path", "version"]);
  return JSON.parse(text, (key, value) => {
    if (own.has(key) || key.startsWith("iopub.") || key === "shell.execute_reply")
      return value === null ? null : "some";
    return key === "tags" && value.length === 0 ? undefined : value;
  });
}
