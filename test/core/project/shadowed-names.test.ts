import assert from "node:assert/strict";
import { test } from "node:test";
import { written } from "./written.ts";

test("a variable with the name of a builtin is that builtin before it is bound, and again behind its del", () => {
  const { stages } = written(
    "sum_ = sum\nsum = sum_([1, 2, 3])\nprint(sum)\ndel sum\ntotal = sum(range(9))\nprint(total)",
  );
  assert.match(
    stages,
    /sum = builtins\.sum\n\s+sum_ = sum\n\s+sum = sum_\(\[1, 2, 3\]\)\n\s+print\(sum\)\n\s+del sum\n\s+sum = builtins\.sum\n\s+total = sum\(/,
  );
});

test("nothing is put below a del behind which the name is bound anew", () => {
  const { stages } = written("max = 3\nprint(max)\ndel max\nmax = 4\nprint(max)");
  assert.doesNotMatch(stages, /builtins/);
});
