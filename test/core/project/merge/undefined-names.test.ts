import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../../core/src/host/assets.ts";
import { undefinedNames } from "../../../../core/src/project/merge/undefined-names.ts";
import { createPythonParser } from "../../../../core/src/python/parser.ts";

const parser = await createPythonParser(loadGrammar());

const project: Readonly<Record<string, string>> = {
  "src/shop/__init__.py": "",
  "src/shop/params.py":
    "from dataclasses import dataclass\n\n\n@dataclass(frozen=True)\nclass Params:\n    rate: float\n\n    def plain(self) -> dict:\n        return {}\n",
  "src/shop/definitions.py": "def clean(frame):\n    return frame.dropna()\n",
  "src/shop/train.py":
    "import pandas as pd\n\nfrom .definitions import clean\nfrom .params import Params\n\n\ndef train(df: pd.DataFrame, params: Params) -> float:\n    df = clean(df)\n    return df.sum() * params.rate\n",
  "tests/test_train.py": "from shop.train import train\n\n\ndef test_it():\n    assert train\n",
};

function found(changes: Readonly<Record<string, string>>): readonly string[] {
  const code = new Map(Object.entries({ ...project, ...changes }));
  const all = undefinedNames(code, new Set(Object.keys(changes)), parser);
  return all.map(({ path, line, name, why }) => `${path}:${line} ${name}: ${why}`);
}

test("a project as it is generated has none", () => {
  assert.deepEqual(found(project), []);
});

test("a name that was renamed on one side only is told with its line", () => {
  const text = (project["src/shop/train.py"] as string)
    .replace("train(df:", "train(frame:")
    .replace("df = clean(df)", "frame = clean(frame)");
  assert.deepEqual(found({ "src/shop/train.py": text }), ["src/shop/train.py:9 df: nothing in this file defines it"]);
});

test("what another module no longer has is told where it is imported, in files that nobody edited too", () => {
  assert.deepEqual(found({ "src/shop/definitions.py": "def tidy(frame):\n    return frame\n" }), [
    "src/shop/train.py:3 clean: src/shop/definitions.py does not define it",
  ]);
  assert.deepEqual(found({ "src/shop/train.py": "def fit():\n    return 1\n" }), [
    "tests/test_train.py:1 train: src/shop/train.py does not define it",
  ]);
  const moved = new Map(Object.entries(project));
  moved.delete("src/shop/definitions.py");
  assert.deepEqual(
    undefinedNames(moved, new Set(), parser).map(({ path, line, name }) => `${path}:${line} ${name}`),
    ["src/shop/train.py:3 definitions"],
  );
});

test("a parameter that is gone is told", () => {
  const params = (project["src/shop/params.py"] as string).replace("rate:", "speed:");
  assert.deepEqual(found({ "src/shop/params.py": params }), [
    "src/shop/train.py:9 params.rate: src/shop/params.py has no such parameter",
  ]);
});

test("what Python, star imports, globals, comprehensions and classes define is defined", () => {
  const text = "from math import *\n\nprint(__name__, sqrt(2), anything)\n";
  assert.deepEqual(found({ "src/shop/mine.py": text }), []);
  const own =
    "count = 0\n\n\ndef add():\n    global count, seen\n    count += 1\n    seen = [each for each in range(count) if (last := each)]\n    return seen, last\n\n\nclass Box:\n    size = 1\n    double = size * 2\n\n    def get(self):\n        return __class__, self.size, seen\n";
  assert.deepEqual(found({ "src/shop/mine.py": own }), []);
});

test("what cannot be read as Python is left out", () => {
  assert.deepEqual(found({ "src/shop/definitions.py": "<<<<<<< edited by hand\nx = y\n" }), []);
});
