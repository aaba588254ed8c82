import assert from "node:assert/strict";
import { test } from "node:test";
import { timeLeft } from "../../cli/src/jobs/run/time-left.ts";

test("how long the rest takes is told from what each cell took before", () => {
  const earlier = new Map([
    [0, 1],
    [2, 100],
    [5, 9000],
    [7, 30],
  ]);
  assert.equal(timeLeft(earlier, 0), "about 2.5 h left");
  assert.equal(timeLeft(earlier, 6), "about 30 s left");
  assert.equal(timeLeft(new Map([[1, 600]]), 1), "about 10 min left");
  assert.equal(timeLeft(earlier, 8), undefined);
  assert.equal(timeLeft(new Map(), 0), undefined);
});
