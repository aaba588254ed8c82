import assert from "node:assert/strict";
import { test } from "node:test";
import { annotateKnown } from "../../../core/src/project/modules/annotation.ts";
import type { ImportTable } from "../../../core/src/project/modules/import-table.ts";

const names = [
  { bound: "pd", qualified: "pandas", text: "import pandas as pd", position: 0 },
  { bound: "Pipeline", qualified: "mine.Pipeline", text: "from mine import Pipeline", position: 1 },
];
const imports = { names } as unknown as ImportTable;

function annotated(type: string | undefined, ...held: (string | undefined)[]): readonly string[] {
  const { text, typeImports = [] } = annotateKnown(type, held, imports, new Map());
  return [text, ...typeImports];
}

test("a class that the notebook never imports is imported for type checkers, under a name that is free", () => {
  assert.deepEqual(annotated("pandas.DataFrame"), ["pd.DataFrame"]);
  assert.deepEqual(annotated("numpy.ndarray"), ["np.ndarray", "import numpy as np"]);
  assert.deepEqual(annotated("lightgbm.Booster"), ["Booster", "from lightgbm import Booster"]);
  assert.deepEqual(annotated("sklearn.pipeline.Pipeline"), ["Any"]);
});

test("a container of the standard library says that it holds anything", () => {
  assert.deepEqual(annotated("collections.defaultdict"), [
    "defaultdict[Any, Any]",
    "from collections import defaultdict",
  ]);
  assert.deepEqual(annotated("collections.Counter"), ["Counter[Any]", "from collections import Counter"]);
});

test("names that the tables have for several classes are no annotation", () => {
  for (const type of ["sklearn.Estimator", "sklearn.model_selection.Splitter", "pandas.Scalar", "statsmodels.Results"])
    assert.deepEqual(annotated(type), ["Any"], type);
});

test("a list says what it holds where all of that is known and of one type", () => {
  assert.deepEqual(annotated("builtins.list", "pandas.DataFrame", "pandas.DataFrame"), ["list[pd.DataFrame]"]);
  assert.deepEqual(annotated("builtins.list", "builtins.float"), ["list[float]"]);
  assert.deepEqual(annotated("builtins.list"), ["list[Any]"]);
  assert.deepEqual(annotated("builtins.list", "builtins.float", "builtins.str"), ["list[Any]"]);
  assert.deepEqual(annotated("builtins.list", "builtins.float", undefined), ["list[Any]"]);
  assert.deepEqual(annotated("builtins.list", "builtins.list", "builtins.list"), ["list[Any]"]);
  assert.deepEqual(annotated("builtins.dict", "builtins.float"), ["dict[Any, Any]"]);
});
