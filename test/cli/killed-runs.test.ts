import assert from "node:assert/strict";
import { test } from "node:test";
import { killTrial, type Victim } from "../bench/faults/kill-trial.ts";
import { requirePython } from "../support/python.ts";

/** More of them, at random moments: `npm run bench -- faults`. */
const moments: readonly (readonly [Victim, number])[] = [
  ["kernel", 150],
  ["runner", 250],
  ["both", 350],
];

for (const [victim, after] of moments) {
  test(`kill -9 of ${victim === "both" ? "kernel and runner" : `the ${victim}`} loses nothing that was said to be done; --resume finishes, nothing is left`, async (context) => {
    const python = await requirePython(context, "kernel");
    if (python === undefined) return;
    const { wrong } = await killTrial(python, victim, after);
    assert.deepEqual(wrong, []);
  });
}
