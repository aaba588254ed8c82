import assert from "node:assert/strict";
import { test } from "node:test";
import { killTrial, type Moment, type Victim } from "../bench/faults/kill-trial.ts";
import { requirePython } from "../support/python.ts";

/** More of them, at random moments: `npm run bench -- faults`. */
const moments: readonly (readonly [Victim, Moment])[] = [
  ["kernel", { cell: 2, milliseconds: 20 }],
  ["runner", { cell: 4, milliseconds: 50 }],
  ["both", { cell: 6, milliseconds: 0 }],
];

for (const [victim, moment] of moments) {
  test(`kill -9 of ${victim === "both" ? "kernel and runner" : `the ${victim}`} loses nothing that was said to be done; --resume finishes, nothing is left`, async (context) => {
    const python = await requirePython(context, "kernel");
    if (python === undefined) return;
    const { tooLate, wrong } = await killTrial(python, victim, moment);
    assert.deepEqual(wrong, []);
    assert.equal(tooLate, false);
  });
}
