import assert from "node:assert/strict";
import { test } from "node:test";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";

async function typesOf(call: string): Promise<readonly (string | undefined)[]> {
  const { document } = await analysePercentNotebook(
    `# %%\nfrom sklearn.datasets import *\nX, y = ${call}\n`,
    "a.ipynb",
  );
  const last = document.statements.at(-1);
  assert.ok(last);
  return ["X", "y"].map((name) => document.valueAfter(last.id, name)?.type);
}

test("what scikit-learn's loaders give as a pair is arrays, or a table and a column", async () => {
  for (const name of ["load_iris", "load_wine", "load_diabetes", "load_breast_cancer", "fetch_california_housing"]) {
    assert.deepEqual(await typesOf(`${name}(return_X_y=True)`), ["numpy.ndarray", "numpy.ndarray"]);
    const tables = await typesOf(`${name}(return_X_y=True, as_frame=True)`);
    assert.deepEqual(tables, ["pandas.DataFrame", "pandas.Series"]);
  }
  const several = await typesOf("load_linnerud(return_X_y=True, as_frame=True)");
  assert.deepEqual(several, ["pandas.DataFrame", "pandas.DataFrame"]);
});
