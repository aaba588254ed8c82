import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReadProjectFile } from "../../../core/src/inclusion/inclusion.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import type { OwnModules } from "../../../core/src/rules/analysis.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";
import { formatter, templates } from "./fixtures.ts";

/** The files of the project that a notebook becomes. */
async function filesOf(
  source: string,
  ownModules?: OwnModules,
  readFile?: ReadProjectFile,
): Promise<ReadonlyMap<string, { readonly text: string }>> {
  const analysed = await analysePercentNotebook(`# %%\n${source}`, "plots.ipynb", readFile);
  const analysis = { ...analysed, ...(ownModules && { ownModules }) };
  const planned = planPipeline(analysis);
  assert.equal(planned.outcome, "planned");
  if (planned.outcome !== "planned") return new Map();
  return (await generateProject({ plan: planned.plan, analysis, templates, formatter })).files;
}

const table = "import pandas as pd\ntable = pd.read_csv('a.csv')\n# %%\n";

const drawn: Readonly<Record<string, string>> = {
  matplotlib: `import matplotlib.pyplot as plt\n${table}plt.plot(table.a)`,
  pandas: `${table}table.plot()`,
  "a table of unknown type": `${table}table.groupby("a").apply(len).pipe(print).plot.bar()`,
  seaborn: `import seaborn as sns\n${table}sns.histplot(table.a)`,
  "scikit-learn": `from sklearn.metrics import ConfusionMatrixDisplay\n${table}ConfusionMatrixDisplay(table.values).plot();`,
  statsmodels: `import statsmodels.api as sm\n${table}sm.qqplot(table.a)`,
  xgboost: `import xgboost\n${table}xgboost.plot_importance(xgboost.XGBClassifier().fit(table, table.a))`,
};

for (const [library, source] of Object.entries(drawn)) {
  test(`what ${library} draws at the end of a cell is shown, by a function that is there`, async () => {
    const files = await filesOf(source);
    const modules = [...files].filter(([path]) => path.startsWith("src/")).map(([, { text }]) => text);
    assert.ok(
      modules.some((text) => /import .*\bshow_figures\b/.test(text)),
      "no stage shows figures",
    );
    assert.match(files.get("src/plots/displays.py")?.text ?? "", /^def show_figures/m);
  });
}

test("a figure of plotly is a value: matplotlib is not asked for it", async () => {
  const files = await filesOf(`import plotly.express as px\n${table}px.line(table, y='a')`);
  assert.ok([...files.values()].every(({ text }) => !text.includes("matplotlib")));
});

test("a value below a remark is shown in its stage, the remark above it", async () => {
  const files = await filesOf(`${table}# a first look\n# at the table\ntable.head()`);
  assert.match(
    [...files.values()].map(({ text }) => text).join("\n"),
    /^ {4}# a first look\n {4}# at the table\n {4}show\(table\.head\(\), name="table_head"\)/m,
  );
});

test("a figure is named for what draws it, and not for the colours that were chosen first", async () => {
  const files = await filesOf(
    `import matplotlib.pyplot as plt\n${table}plt.gray()\nplt.matshow(table.values)\nplt.show()`,
  );
  const code = [...files.values()].map(({ text }) => text).join("\n");
  assert.match(code, /show_figures\("matshow"\)/);
});

test("a value is named for the function that makes it, wherever that is from", async () => {
  const tools = "from tools import pairs\n";
  const files = await filesOf(`${tools}${table}pairs(table.a, table.b)`);
  assert.match(
    [...files.values()].map(({ text }) => text).join("\n"),
    /^ {4}show\(pairs\(table\.a, table\.b\), name="pairs_table"\)/m,
  );
});

test("what a notebook calls `show` itself stays that, and functions that display show too", async () => {
  const own =
    "def show(x):\n    print(x)\ndef listing(d):\n    display(d)\n# %%\nshow(3)\n# %%\nlisting(table)\n# %%\n";
  const files = await filesOf(`${table}${own}table.head()`);
  assert.match(files.get("src/plots/definitions.py")?.text ?? "", /^from \.displays import show as show_value$/m);
  assert.match(files.get("src/plots/definitions.py")?.text ?? "", /^ {4}show_value\(d, name="d"\)$/m);
  const stages = [...files]
    .filter(([path]) => /^src\/plots\/(?!definitions|displays)/.test(path))
    .map(([, { text }]) => text);
  assert.ok(stages.some((text) => text.includes('show_value(table.head(), name="table_head")')));
  assert.ok(stages.every((text) => !/^from \.displays import show$/m.test(text)));
});

test("a figure that is left open for the next cell is shown and left open, on whatever screen", async () => {
  for (const chosen of ["%matplotlib notebook", "import matplotlib\nmatplotlib.use('TkAgg')"]) {
    const draws = "plt.figure()\nplt.plot(table.a)\n# %%\nplt.title('of the cell before')\n# %%\ntable.b = table.a";
    const files = await filesOf(`${chosen}\nimport matplotlib.pyplot as plt\n${table}${draws}`);
    const all = [...files].filter(([path]) => path.startsWith("src/")).map(([, { text }]) => text);
    const shown = all.join("\n").match(/show_figures\("\w+".*\)/g);
    assert.deepEqual(
      shown,
      ['show_figures("plot", keep=True)', 'show_figures("of_the_cell_before", keep=True)'],
      chosen,
    );
    assert.ok(!all.join("\n").includes("TkAgg"));
  }
});

test("what changes a table in place is called, and nothing of it is shown, whatever the table came from", async () => {
  for (const made of ["", "table = table.groupby('a').apply(len).pipe(dict)\n# %%\n"]) {
    const files = await filesOf(`${table}${made}table.drop(columns='a', inplace=True)\n# %%\ntable.drop(columns='b')`);
    const text = [...files.values()].map((file) => file.text).join("\n");
    assert.match(text, /^ {4}table\.drop\(columns="a", inplace=True\)$/m);
    assert.match(text, /^ {4}show\(table\.drop\(columns="b"\), name=/m);
  }
});

test("symbols that SymPy puts among the names are assigned in a function, and shown where they were", async () => {
  const source = "from sympy import *\nvar('x y')\n# %%\nvar('k');\n# %%\nx = Symbol('x')\nsolve(x - y * k, x)";
  const files = await filesOf(source);
  const text = [...files.values()].map((file) => file.text).join("\n");
  assert.match(text, /^ {4}x, y = var\("x y"\)\n {4}show\(\(x, y\), name="x_y"\)$/m);
  assert.match(text, /^ {4}k = var\("k"\)$/m);
  assert.doesNotMatch(text, /show\(k/);
});

test("a name by itself that nothing shows leaves only its remark", async () => {
  const silent = "table\n# twice as much\ntable;\ntotal = table.a.sum() * 2\nprint(total)";
  const files = await filesOf(`${table}table['c'] = table.a\n${silent}`);
  const text = files.get("src/plots/pipeline.py")?.text ?? "";
  assert.doesNotMatch(text, /^\s*table;?$/m);
  assert.match(text, /^ {4}# twice as much\n {4}total = /m);
});

test("a function of the notebook that returns nothing is called, and nothing of it is shown", async () => {
  const files = await filesOf(`${table}def tell(t):\n    print(t)\n# %%\ndef first(t):\n    return t.a[0]\n# %%
table['c'] = table.a
tell(table)
# %%
first(table)`);
  const text = [...files.values()].map((file) => file.text).join("\n");
  assert.match(text, /^ {4}tell\(table\)$/m);
  assert.match(text, /^ {4}show\(first\(table\), name=/m);
});

const charts: OwnModules = { areComplete: true, draws: [], drawing: new Set(["charts"]), showing: false };

const drawnByOwn: Readonly<Record<string, string>> = {
  "a function": "from charts import surface\nsurface([1])",
  "a function of a module": "import charts as c\nc.surface([1])",
  "an object": "from charts import Surface\nSurface([1]).draw()",
  "a function that the notebook defines": "from charts import surface\ndef both(x):\n    surface(x)\n# %%\nboth([1])",
};

for (const [drawer, source] of Object.entries(drawnByOwn)) {
  test(`what ${drawer} draws with a module of the project is shown, though the notebook imports no matplotlib`, async () => {
    const files = await filesOf(source, charts);
    const code = [...files].filter(([path]) => path.startsWith("src/plots/")).map(([, { text }]) => text);
    assert.match(code.join("\n"), /^ {4}show_figures\(/m);
    assert.match(files.get("src/plots/displays.py")?.text ?? "", /^def show_figures/m);
    assert.match(files.get("src/plots/settings.py")?.text ?? "", /matplotlib\.use\("Agg"\)/);
    assert.equal(files.has("src/plots/screen.py"), false);
  });
}

test("an object of a module that is followed draws, too", async () => {
  const code = "import matplotlib.pyplot as plt\nclass Surface:\n    def draw(self):\n        plt.plot([1, 2])\n";
  const read = (path: string) => (path === "charts.py" ? { text: code } : { why: "is not there" });
  const files = await filesOf("from charts import Surface\ns = Surface()\n# %%\ns.draw()", charts, read);
  assert.match([...files.values()].map(({ text }) => text).join("\n"), /s\.draw\(\).*\n {4}show_figures\(/);
});

test("a module of the project that calls plt.show() has a screen to show figures on", async () => {
  const files = await filesOf("from charts import surface\nsurface([1])", { ...charts, showing: true });
  assert.match(
    files.get("src/plots/settings.py")?.text ?? "",
    /^ {4}matplotlib\.use\(f"module:\/\/\{screen\.__name__\}"\)$/m,
  );
  assert.match(files.get("src/plots/screen.py")?.text ?? "", /^ {4}show_figures\("figure"\)$/m);
});

test("what a module of the project draws has its title in the same stage", async () => {
  const files = await filesOf(
    `from charts import surface\nimport matplotlib.pyplot as plt\n${table}surface(table)\nplt.title("A")`,
    charts,
  );
  const drawing = [...files].filter(([, { text }]) => text.includes("    surface(table)"));
  assert.equal(drawing.length, 1);
  assert.match(drawing[0]?.[1].text ?? "", /plt\.title\("A"\)/);
});

test("figures are shown where their cell ends in their stage, though its last statement is somewhere else", async () => {
  const code = "import matplotlib.pyplot as plt\n# %%\nplt.plot([1])\ndef f():\n    return 1\n# %%\nx = f()\nprint(x)";
  const text = [...(await filesOf(code)).values()].map((file) => file.text).join("\n");
  assert.match(text, /plt\.plot\(\[1\]\)\n {4}show_figures\("plot"\)/);
});

test("brackets around what a cell ends with give way to the call that shows it", async () => {
  const stages = async (source: string) =>
    [...(await filesOf(`${table}${source}`)).values()].map(({ text }) => text).join("\n");
  const chained = await stages('(table\n .groupby("a")\n .agg("sum"))');
  assert.match(chained, /^ {4}show\(table\.groupby\("a"\)\.agg\("sum"\), name="table_groupby_agg_sum"\)$/m);
  assert.match(await stages("((table.a - 1) * 2 + (table.b - 2))"), /^ {4}show\(\(table\.a - 1\) \* 2 \+ \(/m);
  for (const tuple of ["(table, table)", "table, table", "((table), table)"])
    assert.match(await stages(tuple), /^ {4}show\(\(\(?table\)?, table\), name=/m);
  assert.match(await stages("(table), table"), /^ {4}show\(\(\(table\), table\), name=/m);
  assert.match(await stages("( # by the first\n table.head() )"), /# by the first/);
});

test("a method of the notebook that returns nothing is called as it was, not shown", async () => {
  const model = (body: string, call: string) =>
    filesOf(`class Model:\n    def fit(self, x):\n        ${body}\n# %%\n${table}model = Model()\nmodel.${call}`).then(
      (files) => [...files.values()].map(({ text }) => text).join("\n"),
    );
  assert.match(await model("self.x = x", "fit(table)"), /^ {4}model\.fit\(table\)$/m);
  assert.match(await model("return x", "fit(table)"), /^ {4}show\(model\.fit\(table\), name="\w+"\)$/m);
  const replaced = "pass\n    def __init__(self):\n        self.fit = len";
  assert.match(await model(replaced, "fit(table)"), /^ {4}show\(model\.fit\(table\), name="\w+"\)$/m);
});

test("brackets, commas, remarks and options behind what display() is given leave the call whole", async () => {
  const calls = ["display((table.head()))", "display(table.head(),)", "display((table.head()), display_id=True)"];
  calls.push("display((table.head()) # so, so\n)", "display(table.head())");
  for (const call of calls) {
    const text = [...(await filesOf(`${table}${call}`)).values()].map((file) => file.text).join("\n");
    assert.match(text, /^ {4}show\(\s*\(?table\.head\(\)\)?,?[^)]*name="table_head",?\s*\)/m, call);
    assert.doesNotMatch(text, /display_id/);
  }
});
