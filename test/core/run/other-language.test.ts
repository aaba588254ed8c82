import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type * as nbformat from "@jupyterlab/nbformat";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import type { Kernelspec } from "../../../core/src/environment/python/kernelspec.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";
import { requirePython } from "../../support/python.ts";

test("a kernel of another language runs a notebook as well: its state, streams, errors and interrupts", async (context) => {
  const python = await requirePython(context, "kernel6");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  const kernelspec: Kernelspec = {
    name: "bash",
    displayName: "Bash",
    language: "bash",
    argv: [python, "-m", "bash_kernel", "-f", "{connection_file}"],
    folder: "",
    environment: { PS1: "$", GREETING: "hello" },
    interruptMode: "signal",
  };
  const engine = await localEngine({ environment: await foundEnvironment(python), kernelspec });
  context.after(() => engine.close());
  const metadata = { kernelspec: { name: "bash", display_name: "Bash", language: "bash" } };
  const cells = ["x=5; cd /", 'echo "$GREETING $x $PWD"', "sleep 60", "no-such-command", "echo not reached"];
  const notebook = readNotebook(notebookText(cells, metadata), join(folder, "a.ipynb"));
  const { content, record } = await runNotebook({
    notebook,
    engine,
    directory: folder,
    command: [],
    cellTimeoutMilliseconds: 5000,
    onTimeout: "interrupt",
  });
  const language = content.metadata.language_info as nbformat.ILanguageInfoMetadata;
  assert.equal(language.name, "bash");
  const texts = content.cells.map(({ outputs = [] }) =>
    (outputs as { text?: string }[]).map(({ text }) => text).join(""),
  );
  assert.equal(
    texts.find((text) => text.includes("hello")),
    "hello 5 /\n",
  );
  assert.deepEqual(
    record.cells.map(({ status }) => status),
    ["ok", "ok", "error", "error", "not-reached"],
  );
  assert.equal(record.status, "failed");
});
