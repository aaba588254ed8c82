import assert from "node:assert/strict";
import { test } from "node:test";
import { planned, written } from "./written.ts";

test("a lambda in a lambda is a function of its own, which the outer one hands on", () => {
  const { module, stages } = written(
    "from collections import defaultdict\ntable = defaultdict(lambda: defaultdict(lambda: 0))\ntable['a']['b'] += 1",
    "with open('out.txt', 'w') as out:\n    out.write(str(table['c']['d']))",
  );
  assert.match(
    module,
    /def table_function_2\(\):\n {4}return defaultdict\(table_function\)|def table_function\(\):\n {4}return defaultdict\(table_function_2\)/,
  );
  assert.match(module, /def table_function(_2)?\(\):\n {4}return 0/);
  assert.doesNotMatch(module + stages, /lambda/);
});

test("a lambda that a container keeps is found whatever the container is called: collections.defaultdict, dd", () => {
  for (const [imports, maker] of [
    ["import collections", "collections.defaultdict"],
    ["import collections as c", "c.defaultdict"],
    ["from collections import defaultdict as dd", "dd"],
  ] as const) {
    const { module, stages } = written(
      `${imports}\ntable = ${maker}(lambda: ${maker}(int))\ntable['a']['b'] += 1`,
      "with open('out.txt', 'w') as out:\n    out.write(str(table['c']['d']))",
    );
    assert.match(module, new RegExp(`def table_function\\(\\):\\n {4}return ${maker.replace(".", "\\.")}\\(int\\)`));
    assert.doesNotMatch(stages, /lambda/);
  }
});

test("defaults, stars and lines of a lambda stay what they were", () => {
  const { module, stages } = written(
    'steps = {"cut": lambda text, most=3, *rest, sep=":", **more: (\n    text[:most]\n    + sep\n)}',
    'print(steps["cut"]("abcdef"))',
  );
  assert.match(module, /def steps_cut\(text, most=3, \*rest, sep=":", \*\*more\):\n {4}return \(\(\n {4}text\[:most\]/);
  assert.match(stages, /steps = \{"cut": steps_cut\}/);
});

test("what a lambda reads that the notebook computes keeps its steps together, with the name told", () => {
  const text =
    "# %% tags=reprise:stage=one\nlimit = len(open('a').read())\nnear = {'a': lambda km: km < limit}\n# %% tags=reprise:stage=two\nwith open('b', 'w') as out:\n    out.write(str(near['a'](2)))\n";
  const { plan } = planned(text);
  assert.equal(plan.stages.length, 1);
  assert.match(plan.notes.join(" "), /needs limit/);
});
