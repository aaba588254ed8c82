import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { placeAgent } from "../../../core/src/verify/sides/agent-files.ts";
import { requirePython } from "../../support/python.ts";

test("what is shown in another order is a difference; a metric has none, and what need not be shown comes last", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const folder = await mkdtemp(join(tmpdir(), "reprise-shown-"));
  try {
    const script = join(import.meta.dirname, "fixtures", "pairs", "shown_order.py");
    const { code, stdout, stderr } = await runProcess(python, [script, await placeAgent(folder), folder]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      same: ["identical", "identical", "identical"],
      swapped: ["identical", "different", "identical"],
      "a metric instead": ["identical", "identical", "identical"],
      // Told of the first cell, which is excused; the second has its twin.
      "passed over, equal": ["missing", "identical"],
      "passed over, another": ["missing", "identical", "new"],
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
