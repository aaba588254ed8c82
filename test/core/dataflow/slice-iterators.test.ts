import assert from "node:assert/strict";
import { test } from "node:test";
import { sliceFor } from "../../../core/src/dataflow/slice.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";

test("an iterator that nobody goes through needs what its names are bound to last", async () => {
  const { document } = await analysePercentNotebook(
    `# %%
values, step = [3, 1, 2], 1
# %%
left = (value + step for value in values)
lazy = map(lambda value: value * step, values)
def shifted():
    yield step
made = shifted()
# %%
values.sort()
step = 5
`,
    "left.ipynb",
  );
  for (const name of ["left", "lazy", "made"]) assert.ok(sliceFor(document, name).includes("2.1"), name);
});

test("one that the notebook goes through has read its names by then", async () => {
  const { document } = await analysePercentNotebook(
    `# %%
values, step = [3, 1, 2], 1
# %%
used = (value + step for value in values)
total = sum(used)
# %%
step = 5
`,
    "used.ipynb",
  );
  assert.deepEqual(sliceFor(document, "total"), ["0.0", "1.0", "1.1"]);
  assert.ok(!sliceFor(document, "used").includes("2.0"));
});

/** What the notebook does with `rows` before `step` is another, by whether something of `rows` is left then. */
const uses = {
  left: [
    "first = next(rows)",
    "first = rows.__next__()",
    "first = list(itertools.islice(rows, 1))",
    "first = 4 in rows",
    "first = any(rows)",
    "first = list(zip('a', rows))",
    "for first in rows:\n    break",
    "if values:\n    first = list(rows)",
    "first = lambda: list(rows)",
    "def take(some):\n    return next(some)\nfirst = take(rows)",
  ],
  "gone through": [
    "first = list(rows)",
    "first = 1 + sum(rows)",
    "first, *others = rows",
    "first, second, third = rows",
    "first = [row for row in rows]",
    "for at, first in enumerate(rows):\n    print(first)",
    "print(*rows)",
    "first = rows\nfor row in rows:\n    first = row",
  ],
};

for (const [what, texts] of Object.entries(uses)) {
  test(`an iterator of which something is left needs what its names are bound to last: ${what}`, async () => {
    for (const text of texts) {
      const { document } = await analysePercentNotebook(
        `# %%
import itertools
values, step = [3, 1, 2], 1
# %%
rows = (value + step for value in values)
# %%
${text}
# %%
step = 5
`,
        "part.ipynb",
      );
      assert.equal(sliceFor(document, "rows").includes("3.0"), what === "left", text);
      assert.ok(!sliceFor(document, "first").includes("3.0"), text);
    }
  });
}

test("`in` takes from an iterator what stands before what it looks for", async () => {
  const { document } = await analysePercentNotebook(
    "# %%\nrows = iter([3, 1, 2])\n# %%\nfound = 1 in rows\nplain = 1 in [1, 2]\n# %%\nrest = list(rows)\n",
    "in.ipynb",
  );
  assert.deepEqual(sliceFor(document, "rest"), ["0.0", "1.0", "2.0"]);
});
