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

test("a name that two imports give to different things is imported where each holds", () => {
  const { stages } = written(
    "from datetime import datetime\nfirst = datetime(2020, 1, 1)\nimport datetime\nlast = datetime.datetime(2021, 1, 1)\nprint(last - first)",
  );
  assert.match(
    stages,
    /^ +from datetime import datetime\n\s+first = datetime\(.*\n\s+import datetime\n\s+last = datetime\.datetime\(/,
  );
});

test("imports that mean the same are one, and so are those of modules of one package", () => {
  const { stages } = written(
    "import os\nfrom math import sqrt\nfirst = os.getcwd()\nimport os.path\nfrom math import sqrt\nprint(first, os.path.sep, sqrt(4))",
  );
  assert.doesNotMatch(stages, /^ +(?:import|from) /m);
});

test("a function of the notebook that a global is handed on to has the import's before the notebook's own", () => {
  const { stages } = written("from math import e\ndef f(x):\n    return x + e\nprint(f(1))\ne = 5\nprint(f(1))");
  assert.match(stages, /^ +from math import e\n\s+print\(f\(1, e=e\)\)\s+e = 5\n\s+print\(f\(1, e=e\)\)/);
});
