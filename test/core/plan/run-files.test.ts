import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { planFaults } from "../../../core/src/plan/edited/plan-faults.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { percentNotebook } from "./percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());

function analysed(text: string, files: Readonly<Record<string, string>>) {
  return analyseNotebook(percentNotebook(text, "shop.ipynb"), parser, (path) => {
    const found = files[path];
    return found === undefined ? { why: `${path} is not there` } : { text: found };
  });
}

function reasons(text: string, files: Readonly<Record<string, string>>): readonly string[] {
  const planned = planPipeline(analysed(text, files));
  return planned.outcome === "planned" ? [] : planned.reasons.map(({ cell, message }) => `${cell} ${message}`);
}

test("what a file defines becomes a module of its name, what it does a part of the stage, its constants parameters", () => {
  const helpers =
    "import pandas as pd\nLIMIT = 3  # rows with more stay\ndef load(path):\n    return pd.read_csv(path)\nready = [LIMIT]\n";
  const analysis = analysed("# %%\n%run helpers.py\n# %%\ndf = load('shop.csv')\nready.append(len(df))\n", {
    "helpers.py": helpers,
  });
  const planned = planPipeline(analysis);
  assert.equal(planned.outcome, "planned");
  if (planned.outcome !== "planned") return;
  const { plan } = planned;
  assert.deepEqual(planFaults(plan, analysis), []);
  assert.deepEqual(
    plan.modules.map(({ name, statements }) => [name, statements]),
    [["helpers", ["0.2"]]],
  );
  assert.deepEqual(plan.imports, ["0.0"]);
  const [limit] = plan.parameters;
  assert.deepEqual([limit?.name, limit?.default, limit?.help], ["LIMIT", 3, "rows with more stay"]);
  assert.deepEqual(
    plan.stages.flatMap(({ statements }) => statements),
    ["0.3", "1.0", "1.1"],
  );
});

test("names that a file binds are known to the analysis", () => {
  const text = "# %%\n%run helpers.py\n# %%\nprint(value)\n";
  const ids = (files: Readonly<Record<string, string>>) =>
    findings(analysed(text, files), {}).findings.map(({ rule }) => rule);
  assert.ok(!ids({ "helpers.py": "value = 1\n" }).includes("NB101"));
  assert.ok(ids({ "helpers.py": "other = 1\n" }).includes("NB101"));
  assert.ok(ids({}).includes("NB404"));
});

test("the steps of a file are one stage, whatever they do", () => {
  const everything =
    "import pandas as pd\nfrom sklearn.linear_model import Ridge\ndf = pd.read_csv('a.csv')\nX = df[['a']]\nmodel = Ridge()\nmodel.fit(X, df['y'])\n";
  const cut = (text: string, files: Readonly<Record<string, string>>) => {
    const planned = planPipeline(analysed(text, files), { stages: "roles" });
    return planned.outcome === "planned" ? planned.plan.stages.map(({ statements }) => statements) : [];
  };
  const stages = cut("# %%\n%run all.py\n# %%\nscore = model.score(X, df['y'])\n", { "all.py": everything });
  const holders = stages.filter((statements) => statements.some((id) => id.startsWith("0.")));
  assert.equal(holders.length, 1);
});

test("a file with names of its own does not see the notebook's", () => {
  const use = { "use.py": "total = sum(rows)\n" };
  const [why] = reasons("# %%\nrows = [1]\n# %%\n%run use.py\nprint(total)\n", use);
  assert.match(why ?? "", /^1 .*use\.py uses rows, which only the notebook binds.*%run -i use\.py/);
  assert.deepEqual(reasons("# %%\nrows = [1]\n# %%\n%run -i use.py\nprint(total)\n", use), []);
});

test("its functions go on using its own names when the notebook binds them anew", () => {
  const files = { "rule.py": "import math\nlimit = 3\ndef keep(x):\n    return x > limit and math.isfinite(x)\n" };
  const [why] = reasons("# %%\n%run rule.py\n# %%\nlimit = 5\nprint(keep(4), limit)\n", files);
  assert.match(why ?? "", /functions of rule\.py go on using its own limit, although cell 1 binds that name anew/);
  assert.deepEqual(reasons("# %%\n%run rule.py\n# %%\nimport math\nprint(keep(4), math.pi)\n", files), []);
  assert.deepEqual(reasons("# %%\n%run rule.py\n# %%\n%run rule.py\nprint(keep(4), limit)\n", files), []);
  assert.deepEqual(reasons("# %%\n%run -i rule.py\n# %%\nlimit = 5\nprint(keep(4), limit)\n", files), []);
});

test("a run that cannot be followed is a diagnosis with the reason and the mend", () => {
  const [missing] = reasons("# %%\n%run gone.py\n", {});
  assert.match(missing ?? "", /^0 What is run here cannot be followed: gone\.py is not there\. Put gone\.py/);
  const [computed] = reasons("# %%\nname = 'x'\n%run {name}.py\n", {});
  assert.match(computed ?? "", /only known while the notebook runs\. Write the path out\./);
});

test("a file that runs below a condition keeps the laws of one that always runs", () => {
  const cell = "# %%\nrows = [1]\n# %%\nif rows:\n    %run use.py\nelse:\n    total = 0\n# %%\nprint(total)\n";
  assert.deepEqual(reasons(cell, { "use.py": "values = [2]\ntotal = sum(values)\n" }), []);
  const [why] = reasons(cell, { "use.py": "total = sum(rows)\n" });
  assert.match(why ?? "", /^1 .*use\.py uses rows, which only the notebook binds/);
  const later = `${cell.replace("rows = [1]", "rows = [1]\nlimit = 0")}# %%\nlimit = 5\nprint(keep(4), limit)\n`;
  const [rebound] = reasons(later, {
    "use.py": "limit = 3\ntotal = 1\ndef keep(x):\n    return x > limit\n",
  });
  assert.match(rebound ?? "", /functions of use\.py go on using its own limit/);
  const [missing] = reasons(cell, {});
  assert.match(missing ?? "", /^1 .*use\.py is not there/);
});
