import assert from "node:assert/strict";
import { test } from "node:test";
import { projectContext } from "../../../core/src/project/context.ts";
import { settingsModule } from "../../../core/src/project/modules/settings-module.ts";
import { readmeView } from "../../../core/src/project/pages/readme-view.ts";
import { planned, written } from "../project/written.ts";

const parametersOf = (text: string) =>
  planned(text).plan.parameters.map(({ name, default: value }) => `${name}=${value}`);

const config =
  'class CFG:\n    """Of the run."""\n    lr = 0.1  # how fast\n    epochs: int = 3\n    seed = 7\n    name = "adam"\n';
const uses = "\n# %%\ndef step(x):\n    return x * CFG.lr\n# %%\nprint(step(CFG.epochs), CFG.seed, CFG.name)\n";

test("the attributes of a class of constants are parameters, one by one", () => {
  assert.deepEqual(parametersOf(`# %%\n${config}${uses}`), ["lr=0.1", "epochs=3", "seed=7", "name=adam"]);
  const [lr, , seed] = planned(`# %%\n${config}${uses}`).plan.parameters;
  assert.equal(lr?.help, "how fast");
  assert.equal(seed?.origin, "seed");
});

test("the class stays as it is, and a run sets its attributes before a stage begins", () => {
  const { plan, analysis } = planned(`# %%\n${config}${uses}`);
  const { text, usesParams } = settingsModule(projectContext(plan, analysis));
  assert.ok(usesParams);
  assert.match(text, /from \.definitions import CFG/);
  assert.match(text, /CFG\.lr = params\.lr\n {4}CFG\.epochs = params\.epochs\n/);
  const readme = readmeView(projectContext(plan, analysis), [], plan.parameters);
  assert.equal(Object.getOwnPropertyDescriptor(readme, "configuration")?.value, "`CFG`");
  const { module } = written(config, "def step(x):\n    return x * CFG.lr", "print(step(CFG.epochs))");
  assert.match(module, /lr = 0\.1 {2}# how fast\n {4}epochs: int = 3/);
  assert.match(module, /return x \* CFG\.lr/);
});

test("an attribute that is read before a run can set it stays what it is", () => {
  const early = [
    "def slow(x, lr=CFG.lr):\n    return x * lr",
    "class Net:\n    rate = CFG.lr",
    "@trace(CFG.lr)\ndef slow(x):\n    return x",
  ];
  for (const definition of early) {
    const names = parametersOf(`# %%\nfrom tracing import trace\n${config}# %%\n${definition}${uses}`);
    assert.ok(!names.includes("lr=0.1") && names.includes("epochs=3"), definition);
  }
  assert.deepEqual(
    parametersOf("# %%\nclass CFG:\n    n = 2\n    half = n / 2\n    k = 5\n# %%\nprint(CFG.half, CFG.k)"),
    ["k=5"],
  );
});

test("a class that others are made of stays what it is", () => {
  assert.deepEqual(
    parametersOf(`# %%\n${config}# %%\nclass Debug(CFG):\n    epochs = 1\n${uses}print(Debug.epochs)`),
    [],
  );
  assert.deepEqual(parametersOf(`# %%\n${config.replace("CFG:", "CFG(dict):")}${uses}`), []);
});

test("a class of something else is no table of parameters", () => {
  assert.deepEqual(parametersOf("# %%\nclass Color:\n    RED = 0\n    BLUE = 1\n# %%\nprint(Color.RED)"), []);
  assert.deepEqual(
    parametersOf(
      "# %%\nclass Config:\n    port = 1\n    def address(self):\n        return self.port\n# %%\nprint(Config().address())",
    ),
    [],
  );
});

test("what code reads that may run in processes of its own stays what it is", () => {
  const rows = "class Rows:\n    def __getitem__(self, at):\n        return at * CFG.epochs\n";
  const loader = "from torch.utils.data import DataLoader\n";
  const shown = (workers: number) =>
    parametersOf(`# %%\n${loader}${config}# %%\n${rows}${uses}print(DataLoader(Rows(), num_workers=${workers}))`);
  assert.deepEqual(shown(0), ["lr=0.1", "epochs=3", "seed=7", "name=adam"]);
  assert.deepEqual(shown(2), ["lr=0.1", "seed=7", "name=adam"]);
  assert.deepEqual(
    parametersOf(`# %%\n${loader}${config}# %%\n${rows}${uses}print(CFG, DataLoader(Rows(), num_workers=2))`),
    [],
    "handed on whole",
  );
});
