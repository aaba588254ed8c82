import assert from "node:assert/strict";
import { test } from "node:test";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";

async function metricsOf(lines: string): Promise<readonly string[]> {
  const source = `# %%
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["a"]], df.b, random_state=0)
logreg = LogisticRegression().fit(X_train, y_train)
tree = DecisionTreeClassifier(random_state=0).fit(X_train, y_train)
# %%
${lines}
`;
  const planned = planPipeline(await analysePercentNotebook(source, "scores.ipynb"));
  if (planned.outcome !== "planned") throw new Error("not planned");
  return planned.plan.metrics.map(({ name }) => name);
}

test("a score that nothing holds is called what it is", async () => {
  assert.deepEqual(await metricsOf("print(accuracy_score(y_test, tree.predict(X_test)))"), ["accuracy"]);
});

test("several scores of one name are told by whose they are and what they were computed on", async () => {
  const lines = `print("train", logreg.score(X_train, y_train))
print("test", logreg.score(X_test, y_test))
print("test", tree.score(X_test, y_test))`;
  assert.deepEqual(await metricsOf(lines), ["logreg_score_train", "logreg_score_test", "tree_score_test"]);
});

test("a score that has a name keeps it beside one of that name that has none", async () => {
  const lines = "score = tree.score(X_test, y_test)\nprint(score)\nprint(logreg.score(X_test, y_test))";
  assert.deepEqual(await metricsOf(lines), ["score", "logreg_score_test"]);
});

test("scores that a result is taken apart into are metrics, and what else is in it is none", async () => {
  assert.deepEqual(
    await metricsOf(
      "def judged(model):\n    pred = model.predict(X_test)\n    return pred, accuracy_score(y_test, pred)\npred, test_acc = judged(tree)\nprint(test_acc)",
    ),
    ["test_acc"],
  );
  const keras =
    "from tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile(loss='mse', metrics=['mae'])\nmodel.fit(X_train, y_train)\nloss, mae = model.evaluate(X_test, y_test)\nprint(mae)";
  assert.deepEqual(await metricsOf(keras), ["loss", "mae"]);
});

test("a score that is shown again after another fit is a metric of its own", async () => {
  const lines = `tree.score(X_test, y_test)
# %%
tree.fit(X_train[:9], y_train[:9])
tree.score(X_test, y_test)
# %%
print(tree.score(X_test, y_test), tree.score(X_test, y_test))`;
  assert.deepEqual(await metricsOf(lines), ["score", "score_2", "score_3"]);
});

test("an instance of a class beside the functions of a library of scores is no metric", async () => {
  const own = "from mlxtend.evaluate import PredefinedHoldoutSplit\nsplit = PredefinedHoldoutSplit(valid_indices=[1])";
  const other = "from torchmetrics.functional import SomeMetric\nmetric = SomeMetric(task='binary')";
  assert.deepEqual(await metricsOf(`${own}\n${other}\nprint(split, metric)`), []);
});
