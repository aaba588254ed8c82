import assert from "node:assert/strict";
import { test } from "node:test";
import { streamsDrawn } from "../../../core/src/environment/needs/module-draws.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";

const parser = await createPythonParser(loadGrammar());

const modules: readonly (readonly [text: string, streams: readonly string[]])[] = [
  ["import numpy as np\ndef f(n):\n    return np.random.permutation(n)\n", ["numpy"]],
  ["from numpy.random import rand as draw\nclass A:\n    def f(self):\n        return draw(3)\n", ["numpy"]],
  ["def f(rows):\n    import random\n    random.shuffle(rows)\n", ["random"]],
  ["import torch\ndef f():\n    return torch.randn(3)\n", ["torch"]],
  ["from sklearn.model_selection import train_test_split\ndef f(x):\n    return train_test_split(x)\n", ["numpy"]],
  ["from sklearn.model_selection import train_test_split as s\ndef f(x):\n    return s(x, random_state=1)\n", []],
  ["import numpy as np\ndef f():\n    np.random.seed(1)\n    return np.sqrt(2)\n", []],
  ["from . import random\ndef f():\n    return random.random()\n", []],
];

for (const [text, streams] of modules) {
  test(`modules draw from ${streams.join() || "nothing"}: ${text.replaceAll("\n", "; ")}`, () => {
    assert.deepEqual(streamsDrawn([{ module: parser.parse(text) }]), streams);
  });
}
