import assert from "node:assert/strict";
import { test } from "node:test";
import { runMessage, shareDone } from "../../../extension/src/commands/run-message.ts";

const run = { schema: "reprise.run/1", run: "4dc71f1a8b9c", outcome: "succeeded", seconds: 12.34 };

test("a run is told with its id, how long it took and its metrics, also those that are no number", () => {
  assert.equal(runMessage(run), "Run 4dc71f1a succeeded in 12.3 s.");
  const metrics = { accuracy: 0.912345, "val loss": null };
  assert.equal(
    runMessage({ ...run, metrics }),
    "Run 4dc71f1a succeeded in 12.3 s. accuracy 0.9123, val loss is no number.",
  );
});

test("a run that failed is told with the cell and the first line of what it raised", () => {
  const failure = { name: "ValueError", message: "no rows.\nsee above", cell: 3 };
  assert.equal(
    runMessage({ ...run, outcome: "failed", failure }),
    "Run 4dc71f1a failed in 12.3 s. Cell 3: ValueError: no rows.",
  );
  const died = { name: "KernelDied", message: "The kernel died of SIGKILL." };
  assert.equal(
    runMessage({ ...run, outcome: "died", failure: died }),
    "Run 4dc71f1a died in 12.3 s. KernelDied: The kernel died of SIGKILL.",
  );
});

test("the cell that begins says how much of the notebook is done", () => {
  assert.equal(shareDone("Running cell 0", 4), 0);
  assert.equal(shareDone("Running cell 3", 4), 0.75);
  assert.equal(shareDone("Running cell 9", 4), 1);
  assert.equal(shareDone("loss = 0.5", 4), undefined);
});
