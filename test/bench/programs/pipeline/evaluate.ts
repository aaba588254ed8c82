import { cell, heading, type Step, type Story, takeSome } from "./story.ts";

const pyplot = "import matplotlib.pyplot as plt";

/** Predictions and scores. */
export function evaluate(story: Story): void {
  const { random } = story.writer;
  heading(story, random.pick(["Evaluation", "Results", "How good is it?"]));
  cell(story, [], `y_pred = ${story.model}.predict(X_test)`, ...(random.chance(0.4) ? ["y_pred[:5]"] : []));
  story.score = story.writer.name("score", "accuracy", "result");
  random.pick(scores)(story);
  takeSome(story, more, 0, 2);
}

/** Saving, and a last look. */
export function report(story: Story): void {
  const { random } = story.writer;
  if (random.chance(0.3)) return;
  heading(story, random.pick(["Saving", "Report", "Summary", "Submission"]));
  takeSome(story, endings, 1, 2);
}

const scores: readonly Step[] = [
  (story) =>
    cell(story, [], `${story.score} = ${story.model}.score(X_test, y_test)`, `print("score:", ${story.score})`),
  (story) => {
    const metric = story.task === "classes" ? "accuracy_score" : "mean_absolute_error";
    cell(
      story,
      [`from sklearn.metrics import ${metric}`],
      `${story.score} = ${metric}(y_test, y_pred)`,
      `f"{${story.score}:.4f}"`,
    );
  },
  (story) =>
    cell(
      story,
      ["import numpy as np"],
      "def compare(truth, guess, tolerance=0.5):",
      "    return float(np.mean(np.abs(np.asarray(truth) - np.asarray(guess)) <= tolerance))",
      "",
      `${story.score} = compare(y_test, y_pred)`,
      `${story.score}`,
    ),
];

const more: readonly Step[] = [
  (story) =>
    cell(
      story,
      ["import pandas as pd"],
      'table = pd.DataFrame({"truth": list(y_test), "guess": list(y_pred)})',
      'table["error"] = table["truth"] - table["guess"]',
      "table.head()",
    ),
  (story) =>
    cell(
      story,
      ["from sklearn.model_selection import cross_val_score"],
      `if hasattr(${story.model}, "get_params"):`,
      `    folds = cross_val_score(${story.model}, X_train, y_train, cv=3)`,
      "else:",
      "    folds = []",
      "len(folds)",
    ),
  (story) => {
    cell(
      story,
      [pyplot],
      "fig, axes = plt.subplots(1, 2, figsize=(6, 3))",
      "axes[0].plot(list(y_test), label='truth')",
      "axes[0].plot(list(y_pred), label='guess')",
    );
    cell(story, [], "axes[1].hist([a - b for a, b in zip(y_test, y_pred)])", "axes[0].legend()", "fig");
  },
];

const endings: readonly Step[] = [
  (story) => {
    cell(
      story,
      ["import os", "import json"],
      'os.makedirs("out", exist_ok=True)',
      'with open("out/metrics.json", "w") as file:',
      `    json.dump({"score": float(${story.score})}, file)`,
    );
    if (story.writer.random.chance(0.5)) cell(story, [], 'json.load(open("out/metrics.json"))');
  },
  (story) => {
    cell(
      story,
      ["import pandas as pd"],
      'submission = pd.DataFrame({"row": range(len(y_pred)), "prediction": y_pred})',
      'submission.to_csv("submission.csv", index=False)',
      "submission.tail(2)",
    );
  },
  (story) => {
    cell(story, ["import joblib"], `joblib.dump(${story.model}, "model.joblib")`);
    cell(story, [], 'restored = joblib.load("model.joblib")', "(restored.predict(X_test) == y_pred).all()");
  },
  (story) => {
    cell(
      story,
      [pyplot],
      "plt.figure()",
      "plt.scatter(list(y_test), list(y_pred))",
      'plt.xlabel("truth")',
      'plt.savefig("scatter.png")',
      "plt.show()",
    );
  },
  (story) => cell(story, [], `print(f"final score {${story.score}:.3f} with {type(${story.model}).__name__}")`),
];
