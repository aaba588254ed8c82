import assert from "node:assert/strict";
import { test } from "node:test";
import { planned, written } from "../project/written.ts";

const parametersOf = (...cells: readonly string[]) =>
  planned(cells.map((cell) => `# %%\n${cell}\n`).join("")).plan.parameters.map(
    ({ name, default: value }) => `${name}=${value}`,
  );

const imports = "from dataclasses import dataclass, field\nfrom typing import ClassVar\n";
const config =
  `${imports}@dataclass\nclass Config:\n    lr: float = 0.1  # how fast\n    epochs: int = 3\n    seed: int = 7\n` +
  "    version: ClassVar[int] = 2\n    layers: list = field(default_factory=list)\n\n    def steps(self):\n        return self.epochs * 10\n";
const uses = "def step(x):\n    return x * cfg.lr\nprint(step(cfg.epochs), cfg.seed, cfg.steps())";

test("the fields of a class whose instance is a table of parameters are parameters, one by one", () => {
  assert.deepEqual(parametersOf(config, "cfg = Config()", uses), ["lr=0.1", "epochs=3", "seed=7"]);
  const [lr, , seed] = planned(`# %%\n${config}# %%\ncfg = Config()\n# %%\n${uses}`).plan.parameters;
  assert.deepEqual([lr?.help, seed?.origin], ["how fast", "seed"]);
});

test("a stage gives the run's values to the instance, besides what the notebook gives it", () => {
  const stage = (call: string) => written(config, `cfg = ${call}`, uses).stages;
  assert.match(stage("Config()"), /cfg = Config\(lr=params\.lr, epochs=params\.epochs, seed=params\.seed\)/);
  assert.match(stage("Config(0.5)"), /cfg = Config\(0\.5, epochs=params\.epochs, seed=params\.seed\)/);
  assert.match(
    stage("Config(seed=1, layers=[2],)"),
    /Config\([^)]*layers=\[2\], lr=params\.lr, epochs=params\.epochs,?\s*\)/,
  );
});

test("pydantic's models, named tuples, and classes with such an __init__ are such tables too", () => {
  const rest = "cfg = Config()\nprint(cfg.lr)";
  assert.deepEqual(
    parametersOf("from pydantic import BaseModel", "class Config(BaseModel):\n    lr: float = 0.1", rest),
    ["lr=0.1"],
  );
  assert.deepEqual(
    parametersOf("from typing import NamedTuple", "class Config(NamedTuple):\n    lr: float = 0.1", rest),
    ["lr=0.1"],
  );
  const init = "class Config:\n    def __init__(self, lr=0.1, *, name='a', rows=None):\n        self.lr = lr";
  assert.deepEqual(parametersOf(init, rest), ["lr=0.1", "name=a"]);
});

test("a class that a function or another class makes instances of stays what it is", () => {
  assert.deepEqual(parametersOf(config, "def make():\n    return Config()", "print(make().lr)"), []);
  assert.deepEqual(parametersOf(config, "def run(cfg=Config()):\n    return cfg.lr", "print(run())"), []);
  assert.deepEqual(
    parametersOf(config, "@dataclass\nclass BigConfig(Config):\n    size: int = 3", "print(BigConfig().lr)"),
    [],
  );
  assert.deepEqual(parametersOf(config, "makers = [Config]\nprint(makers[0]().lr)"), []);
  assert.deepEqual(parametersOf(config, "given = {}\ngiven['lr'] = 2.0\ncfg = Config(**given)\nprint(cfg.lr)"), []);
});

test("a name in an annotation makes nothing, and a class of another name is no table", () => {
  assert.deepEqual(
    parametersOf(
      config,
      "def step(x: int, cfg: Config) -> Config:\n    return cfg",
      "cfg = Config()",
      "print(step(1, cfg).lr)",
    ),
    ["lr=0.1", "epochs=3", "seed=7"],
  );
  assert.deepEqual(parametersOf(config.replaceAll("Config", "Point"), "cfg = Point()", "print(cfg.lr)"), []);
});
