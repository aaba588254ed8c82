import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";
import { requirePython } from "../../support/python.ts";
import { formatter, templates, writeFiles } from "./fixtures.ts";

const notebook = `# %%
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
# %%
DATA_DIR = "data"  # 100% of the data
share = 0.2
# %%
df = pd.read_csv(DATA_DIR + "/shop.csv")
train, test = train_test_split(df, test_size=share, random_state=42)
machine = SVC(C=1, kernel="rbf", gamma="scale").fit(train[["a"]], train["y"])
tree = DecisionTreeClassifier(max_depth=5, random_state=42).fit(train[["a"]], train["y"])
`;

test("a project refuses values that its parameters cannot have, takes those that they can, and says which", async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const analysis = await analysePercentNotebook(notebook, "shop.ipynb");
  const planned = planPipeline(analysis);
  if (planned.outcome !== "planned") throw new Error("not planned");
  const project = await generateProject({ plan: planned.plan, analysis, templates, formatter });
  const folder = mkdtempSync(join(tmpdir(), "reprise-parameters-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(project, folder);
  // The module alone: the libraries that the stages import take seconds.
  const code = [
    "import argparse, json, sys, importlib.util",
    `spec = importlib.util.spec_from_file_location("params", ${JSON.stringify(join(folder, "src/shop/params.py"))})`,
    "params = importlib.util.module_from_spec(spec); sys.modules['params'] = params; spec.loader.exec_module(params)",
    "parser = argparse.ArgumentParser(); params.add_arguments(parser)",
    "for words in json.loads(sys.argv[1]):",
    "    try: print(json.dumps(params.as_dict(params.from_arguments(parser.parse_args(words)))))",
    "    except ValueError as error: print(error)",
    "print(parser.format_help())",
  ].join("\n");
  const calls: readonly (readonly [words: readonly string[], expected: RegExp])[] = [
    [[], /"share": 0\.2.*"C": 1,.*"kernel": "rbf".*"gamma": "scale".*"max_depth": 5/],
    [
      ["--share=0.5", "--C=0.5", "--kernel=linear", "--gamma=0.1", "--max-depth=none"],
      /0\.5.*"C": 0\.5.*"linear".*0\.1.*null/,
    ],
    [["--C=3"], /"C": 3,/],
    [["--share=1.5"], /^parameter share: 1\.5 is not > 0 and < 1$/],
    [["--share=nan"], /^parameter share: nan is not > 0/],
    [["--C=0"], /^parameter C: 0 is not > 0(\.0)?$/],
    [["--kernel=cubic"], /^parameter kernel: 'cubic' is none of linear, poly, precomputed, rbf, sigmoid$/],
    [["--gamma=-1"], /^parameter gamma: -1 is not >= 0(\.0)?$/],
    [["--gamma=wide"], /^parameter gamma: 'wide' is not of type/],
    [["--max-depth=0"], /^parameter max_depth: 0 is not >= 1$/],
    [["--max-depth=2.5"], /^parameter max_depth: '2\.5' is not of type int \| None$/],
    [["--param-DATA_DIR=there"], /"DATA_DIR": "there"/],
  ];
  const told = spawnSync(python, ["-c", code, JSON.stringify(calls.map(([words]) => words))], {
    encoding: "utf8",
    env: { ...process.env, SHOP_DATA_DIR: "/elsewhere" },
  });
  assert.equal(told.status, 0, told.stderr);
  const lines = told.stdout.split("\n");
  for (const [at, [words, expected]] of calls.entries()) assert.match(lines[at] ?? "", expected, words.join(" "));
  assert.match(lines[0] ?? "", /"DATA_DIR": "data"/, "the variable of the project's own option is no parameter's");
  const help = lines.slice(calls.length).join(" ").replace(/\s+/g, " ");
  assert.match(help, /100% of the data \(str\)/);
  assert.match(help, /kernel of SVC \(one of linear, poly, precomputed, rbf, sigmoid\)/);
  assert.match(help, /max_depth of DecisionTreeClassifier \(int \| None >= 1\)/);
});

test("a parameter for a file whose name begins with a digit has a name that Python takes", async () => {
  const source = "# %%\nimport pandas as pd\n# %%\nsales = pd.read_csv('data/2019-sales.csv')\n";
  const planned = planPipeline(await analysePercentNotebook(source, "sales.ipynb"));
  if (planned.outcome !== "planned") throw new Error("not planned");
  assert.deepEqual(
    planned.plan.parameters.map(({ name }) => name),
    ["data_2019_sales_path"],
  );
});

test("a parameter that a function in a stage only has the name of is bound to no variable", async () => {
  const text = `# %%
import numpy as np
alpha = 0.5
# %%
data = np.loadtxt("data.txt")
# %%
scaled = list(map(lambda alpha: alpha * 2, data))
# %%
shifted = data * alpha
np.savetxt("shifted.txt", shifted)
np.savetxt("scaled.txt", scaled)
`;
  const analysis = await analysePercentNotebook(text, "shop.ipynb");
  const planned = planPipeline(analysis);
  if (planned.outcome !== "planned") throw new Error("not planned");
  const { files } = await generateProject({ plan: planned.plan, analysis, templates, formatter });
  const code = [...files].flatMap(([path, { text: one }]) => (path.startsWith("src/") ? [one] : [])).join("\n");
  assert.match(code, /data \* params\.alpha/);
  assert.doesNotMatch(code, /alpha = params/);
});
