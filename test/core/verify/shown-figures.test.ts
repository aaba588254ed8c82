import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { placeAgent } from "../../../core/src/verify/sides/agent-files.ts";
import { requirePython } from "../../support/python.ts";

test("a figure that is shown as a text only is taken too, once, as it is when drawn; not one with nothing in it, nor one that cannot be drawn", async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const folder = await mkdtemp(join(tmpdir(), "reprise-shown-"));
  try {
    const script = join(import.meta.dirname, "fixtures", "pairs", "shown_figures.py");
    const { code, stdout, stderr } = await runProcess(python, [script, await placeAgent(folder), folder]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), [[0, 1, 5], true]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
