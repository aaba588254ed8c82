import assert from "node:assert/strict";
import { test } from "node:test";
import { planned, written } from "../project/written.ts";

const parametersOf = (text: string) =>
  planned(text).plan.parameters.map(({ name, type, default: value, origin }) => `${name} ${type} ${value} ${origin}`);

test("the entries of a table of parameters are parameters, one by one", () => {
  assert.deepEqual(
    parametersOf(
      '# %%\nconfig = {"lr": 0.1, "epochs": 3, "seed": 7, "name": "adam", "layers": [1, 2], 5: 6}\nxgb_params = dict(max_depth=4, **config)\n# %%\nprint(config["lr"] * config["epochs"], xgb_params, config["seed"])',
    ),
    [
      "lr float 0.1 constant",
      "epochs int 3 constant",
      "seed int 7 seed",
      "name str adam constant",
      "max_depth int 4 constant",
    ],
  );
});

test("the table stays, and is made of them", () => {
  const { stages } = written('CFG = {"lr": 0.1, "on": True}\nprint(CFG["lr"], CFG)');
  assert.match(stages, /CFG = \{"lr": params\.lr, "on": params\.on\}/);
});

test("a key of two tables, or one that another parameter has, is named with its table", () => {
  assert.deepEqual(
    parametersOf(
      '# %%\nlr = 1.0\na_params = {"lr": 0.1, "lambda": 2}\nb_params = {"lr": 0.2}\n# %%\nprint(lr, a_params, b_params)',
    ),
    [
      "lr float 1 constant",
      "a_params_lr float 0.1 constant",
      "a_params_lambda int 2 constant",
      "b_params_lr float 0.2 constant",
    ],
  );
});

test("a table of something else is no parameter, and a secret in one is asked of the environment", () => {
  assert.deepEqual(parametersOf('# %%\ncodes = {"north": 0, "south": 1}\n# %%\nprint(codes["north"])'), []);
  assert.deepEqual(
    parametersOf('# %%\nconfig = {"password": "hunter2-and-more", "port": 5432}\n# %%\nprint(config["port"])').filter(
      (line) => !line.startsWith("port"),
    ),
    ["PASSWORD str  secret"],
  );
});

test("a namespace and an object of keywords are tables too", () => {
  assert.deepEqual(
    parametersOf(
      "# %%\nfrom types import SimpleNamespace\nfrom transformers import BertConfig\nargs = SimpleNamespace(lr=0.1, tags=['a'])\nconfig = BertConfig(hidden_size=8)\nloaded_args = sorted('ab', reverse=True)\n# %%\nprint(args.lr, config, loaded_args)",
    ),
    ["lr float 0.1 constant", "hidden_size int 8 constant"],
  );
});
