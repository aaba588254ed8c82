import assert from "node:assert/strict";
import { test } from "node:test";
import { drawingModules, showFigures } from "../../../core/src/environment/needs/drawing-modules.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";

const parser = await createPythonParser(loadGrammar());

function modules(texts: Readonly<Record<string, string>>) {
  return new Map(Object.entries(texts).map(([name, text]) => [name, [{ module: parser.parse(text) }]] as const));
}

test("modules draw that call what draws, in functions too, and those that import them", () => {
  const found = drawingModules(
    modules({
      surfaces: "from matplotlib import pyplot as plt\ndef surface(x):\n    plt.contourf(x)\n",
      heat: "import seaborn as sns\nclass Heat:\n    def show(self, x):\n        sns.heatmap(x)\n",
      reports: "from surfaces import surface\ndef report(x):\n    surface(x)\n",
      pages: "def page(x):\n    import reports\n    reports.report(x)\n",
      numbers: "import numpy as np\ndef mean(x):\n    return np.mean(x)\n",
    }),
  );
  assert.deepEqual([...found].sort(), ["heat", "pages", "reports", "surfaces"]);
});

const showing: readonly (readonly [text: string, shows: boolean])[] = [
  ["import matplotlib.pyplot as plt\ndef f():\n    plt.plot([1])\n    plt.show()\n", true],
  ["from matplotlib.pyplot import plot, show\ndef f():\n    plot([1])\n    show(block=False)\n", true],
  ["import matplotlib.pyplot as plt\ndef show(x):\n    plt.plot(x)\n", false],
];

for (const [text, shows] of showing) {
  test(`figures are ${shows ? "" : "not "}shown by ${text.replaceAll("\n", "; ")}`, () => {
    assert.equal(showFigures([{ module: parser.parse(text) }]), shows);
  });
}
