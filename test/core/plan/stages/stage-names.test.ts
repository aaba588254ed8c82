import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadGrammar } from "../../../../core/src/host/assets.ts";
import type { PlanOptions } from "../../../../core/src/plan/options.ts";
import { planPipeline } from "../../../../core/src/plan/plan-pipeline.ts";
import { namesOfHeading, saidBy } from "../../../../core/src/plan/stages/heading-names.ts";
import { createPythonParser } from "../../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../../core/src/rules/analyse.ts";
import { percentNotebook } from "../percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());
const styles = join(import.meta.dirname, "styles");

function stagesOf(text: string, options: PlanOptions = {}): string {
  const planned = planPipeline(analyseNotebook(percentNotebook(text, "shop.ipynb"), parser), options);
  assert.equal(planned.outcome, "planned");
  if (planned.outcome !== "planned") return "";
  const lines = planned.plan.stages.map(({ name, title, inputs, outputs, statements, isReport }) => {
    const cells = [...new Set(statements.map((id) => id.split(".")[0]))].join(" ");
    const given = inputs.map((input) => input.name).join(", ");
    return `${name}: ${title}${isReport ? " (report)" : ""}\n    cells ${cells}\n    (${given}) -> (${outputs.join(", ")})\n`;
  });
  return lines.join("");
}

for (const file of globSync("*.py", { cwd: styles }).sort()) {
  test(`the stages of ${file} are those that a person would have named`, () => {
    const made = stagesOf(readFileSync(join(styles, file), "utf8"));
    const expected = join(styles, file.replace(/\.py$/, ".stages.txt"));
    if (process.env.REPRISE_UPDATE === "1" || !existsSync(expected)) writeFileSync(expected, made);
    assert.equal(made, readFileSync(expected, "utf8"));
  });
}

const saysNothing = `# %%
import pandas as pd
# %%
df = pd.read_csv("a.csv")
`;

test("a stage that hands on a value is never called a report, whatever its heading says", () => {
  const text = `${saysNothing}df = df.dropna()
# %% [markdown]
# ## Explore
# %%
df["b"] = df["a"].cumsum()
# %%
df["c"] = df["b"] * 2
# %% [markdown]
# ## Report
# %%
print(df.describe())
df.to_csv("b.csv")
`;
  for (const stages of ["headings", undefined] as const) {
    const names = stagesOf(text, stages === undefined ? {} : { stages }).match(/^\w+(?=:)|\) -> \(\w/gm) ?? [];
    for (const [at, name] of names.entries())
      if (/report/.test(name)) assert.ok(!names[at + 1]?.includes("->"), `${name} hands on a value`);
    assert.ok(!names.some((name) => /_\d$/.test(name)), names.join(" "));
  }
});

test("a stage that reads back what the notebook wrote is no ingest", () => {
  const text = `${saysNothing}df = df.dropna()
# %% [markdown]
# ## Export
# %%
df.to_csv("clean.csv")
# %%
again = pd.read_csv("clean.csv")
again.to_json("clean.json")
`;
  assert.match(stagesOf(text, { stages: "headings" }), /^export: Export/m);
});

test("a notebook that is one stage is called for what it does, not for a heading inside of it", () => {
  const text = `${saysNothing}
# %% [markdown]
# ## Fit
# %%
from sklearn.linear_model import Ridge
model = Ridge().fit(df, df["a"])
# %% [markdown]
# ## Submission
# %%
df.to_csv("b.csv")
`;
  assert.match(stagesOf(text, { stages: "single" }), /^pipeline: The whole notebook\n/);
});

test("a heading gives names in its own words, or none", () => {
  const names: Readonly<Record<string, readonly string[]>> = {
    "Missing values and outliers": ["missing_values", "missing_values_outliers"],
    "Simulation under the null": ["simulation", "simulation_null"],
    "Hold out the last 12 months": ["hold_out", "hold_out_last"],
    "KMeans with k=5": ["k_means"],
    "The customers": ["customers"],
    "Train on harder data": ["train", "train_harder_data"],
    "Step 3: Join": ["join"],
    "Dealing with missing values": ["missing_values"],
    "Working with it": ["working"],
    "Adding the person appearance table": ["add_person_appearance"],
    "Finding all match locations": ["find_all_match"],
    "Improving Id lookups": ["improve_id_lookups"],
    "Splitting the data": ["split", "split_data"],
    "Exporting to a file": ["export", "export_file"],
    "Clustering the customers": ["clustering", "clustering_customers"],
    "Just a fad?": ["fad"],
    "Correlation reversal: hours of exercise": ["correlation_reversal", "hours", "hours_exercise"],
    "Method 1: Bayes": ["bayes"],
    "Now, let's clean": ["clean"],
    "How did we do?": [],
    "Part II - A/B test": ["ab_test"],
    "What is k?": [],
    "Find the best tree": ["find_best_tree"],
    "Number of wins by map": ["number_wins_map"],
    "Plot the clusters": ["plot_clusters"],
    "At first glance": [],
    "Assign it to a variable called users": [],
    "Good, now lets delete the column": [],
    "Print only the occupation column": ["print_only_occupation"],
    "No luck so far": [],
    "Import scikit-learn libraries and prepare train/test splits": ["prepare_train_test"],
    "Import libraries": [],
    "Import the data": ["import", "import_data"],
    "Constructing the objective function": ["construct_objective_function"],
    "R score": ["r_score"],
    "Standard Scaler $\\frac{x_i - \\mu}{\\sigma}$": ["standard_scaler"],
    "Costs of $5 and $10 tickets": ["costs", "costs_tickets"],
    "Making our own Linear Regression class": ["make_linear_regression"],
    "Using Sklearn's linear regression": ["sklearns_linear_regression"],
    "Select subsets according to taxa": ["select_subsets", "select_subsets_taxa"],
    Introduction: [],
    "2024": [],
    Загрузка: [],
  };
  for (const [heading, expected] of Object.entries(names)) assert.deepEqual(namesOfHeading(heading), expected, heading);
});

test("a heading says what its stage is", () => {
  const kinds: Readonly<Record<string, string | undefined>> = {
    "KFold cross validation": "evaluate",
    "Cross-validate": "evaluate",
    "Plot the clustering results": "report",
    "Train test split": "features",
    Validation: undefined,
    "What is the number of columns in the dataset?": undefined,
    "How good is the model?": "evaluate",
    "Filter teams that scored more than 6 goals": undefined,
    "Score the model": "evaluate",
  };
  for (const [heading, kind] of Object.entries(kinds)) assert.equal(saidBy(heading), kind, heading);
});

test("a heading whose words every stage could have gives no name", () => {
  const section = (heading: string, code: string) => `# %% [markdown]\n# ## ${heading}\n# %%\n${code}\n`;
  const text = [
    `${saysNothing}df = df.dropna()\n`,
    section("Work", 'big = [row for row in df["a"] if row > 3]\n# %%\nsmall = [row for row in df["a"] if row < 1]'),
    section("Part Two", "both = sorted(big) + small\n# %%\nprint(both)\nopen('both.txt', 'w').write(str(both))"),
  ].join("");
  assert.doesNotMatch(stagesOf(text), /^(work|second|two)/m);
});

test("a last section that only saves is no report, whatever its heading says", () => {
  const text = `${saysNothing}df = df.dropna()
# %% [markdown]
# ## Count
# %%
counts = df.groupby("a").size()
# %%
counts = counts.sort_index()
# %% [markdown]
# ## Summary
# %%
counts.to_csv("counts.csv")
`;
  const names = stagesOf(text, { stages: "headings" }).match(/^\w+(?=:)/gm);
  assert.equal(names?.at(-1), "save");
});

test("a stage that prepares much and trains once is called for the training, where no other is", () => {
  const text = `# %%
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import MultinomialNB
df = pd.read_csv("reviews.csv")
# %%
df["words"] = df["text"].str.lower()
df["clean"] = df["words"].map(str.strip)
# %%
train, test = train_test_split(df, test_size=0.2)
tfidf = TfidfVectorizer()
X = tfidf.fit_transform(train["clean"])
# %%
model = MultinomialNB()
model.fit(X, train["label"])
names = tfidf.get_feature_names_out()
# %%
print(names[:3], model.score(tfidf.transform(test["clean"]), test["label"]))
`;
  const names: readonly string[] = stagesOf(text).match(/^\w+(?=:)/gm) ?? [];
  assert.ok(names.includes("train"), names.join());
});

test("a stage that trains by a method that no table knows is called so, and one that switches a model is not", () => {
  const text = (call: string) => `# %%
import pandas as pd
from ours import Network
df = pd.read_csv("a.csv")
x, y = df[["a", "b"]].values, df[["c"]].values
# %%
network = Network([2, 3, 1])
costs = ${call}
# %%
lowest = min(costs)
print(lowest)
open("lowest.txt", "w").write(str(lowest))
`;
  assert.match(stagesOf(text("network.train(x, y, 300)")), /^train:/m);
  assert.doesNotMatch(stagesOf(text("network.train(True)")), /^train:/m);
});

test("no stage has the name of a function of Python: its own code may call that", () => {
  const text = `# %%
rows = list(range(5))
print(rows)
# %% [markdown]
# ## Enumerate and zip
# %%
numbered = dict(enumerate(rows))
pairs = list(zip(rows, rows))
print(numbered, pairs)
# %% [markdown]
# ## Filter
# %%
odd = list(filter(lambda row: row % 2, rows))
print(odd)
`;
  assert.deepEqual(stagesOf(text, { stages: "headings" }).match(/^\w+/gm), [
    "prepare",
    "enumerate_zip",
    "filter_stage",
  ]);
});
