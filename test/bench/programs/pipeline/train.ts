import { cell, heading, type Step, type Story } from "./story.ts";

/** One model or several, fitted in one of the ways in which people fit. */
export function train(story: Story): void {
  const { random } = story.writer;
  heading(story, random.pick(["Model", "Training", "Modelling", "Fit a model"]));
  const both = [...(story.task === "classes" ? classifiers : regressors), ...anyTask];
  random.pick(both)(story);
  if (random.chance(0.25)) refit(story);
}

const classifiers: readonly Step[] = [
  (story) => {
    story.model = story.writer.name("model", "clf");
    cell(
      story,
      ["from sklearn.linear_model import LogisticRegression"],
      `${story.model} = LogisticRegression(max_iter=500)`,
    );
    cell(story, [], `${story.model}.fit(X_train, y_train)`);
  },
  (story) => {
    story.model = story.writer.name("forest", "clf");
    cell(
      story,
      ["from sklearn.ensemble import RandomForestClassifier"],
      `n_trees = ${story.writer.number(5, 20)}`,
      `${story.model} = RandomForestClassifier(n_estimators=n_trees, random_state=${story.writer.number(0, 9)})`,
      `${story.model}.fit(X_train, y_train)`,
    );
  },
  (story) => {
    cell(
      story,
      ["from sklearn.linear_model import LogisticRegression", "from sklearn.tree import DecisionTreeClassifier"],
      "models = {",
      '    "logistic": LogisticRegression(max_iter=300),',
      '    "tree": DecisionTreeClassifier(max_depth=3, random_state=0),',
      "}",
    );
    cell(
      story,
      [],
      "scores = {}",
      "for name, model in models.items():",
      "    model.fit(X_train, y_train)",
      "    scores[name] = model.score(X_test, y_test)",
      "scores",
    );
    cell(story, [], "best_name = max(scores, key=scores.get)", "best = models[best_name]", "print(best_name)");
    story.model = "best";
  },
  (story) => {
    cell(
      story,
      ["from sklearn.linear_model import SGDClassifier", "import numpy as np"],
      `model = SGDClassifier(random_state=${story.writer.number(0, 9)})`,
      "classes = np.unique(y_train)",
      "losses = []",
    );
    cell(
      story,
      [],
      "for epoch in range(4):",
      "    model.partial_fit(X_train, y_train, classes=classes)",
      "    losses.append(1 - model.score(X_train, y_train))",
      "losses",
    );
    story.model = "model";
  },
];

const regressors: readonly Step[] = [
  (story) => {
    story.model = story.writer.name("model", "reg");
    cell(
      story,
      ["from sklearn.linear_model import Ridge"],
      `alpha = 0.${story.writer.number(1, 9)}`,
      `${story.model} = Ridge(alpha=alpha)`,
    );
    cell(story, [], `${story.model}.fit(X_train, y_train)`, `print(${story.model}.coef_[:2])`);
  },
  (story) => {
    cell(
      story,
      ["import numpy as np"],
      "class LeastSquares:",
      "    def __init__(self, rate=0.01, epochs=30):",
      "        self.rate = rate",
      "        self.epochs = epochs",
      "        self.history = []",
      "",
      "    def fit(self, X, y):",
      "        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)",
      "        X = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9)",
      "        self.weights = np.zeros(X.shape[1])",
      "        for _ in range(self.epochs):",
      "            error = X @ self.weights - y",
      "            self.weights -= self.rate * X.T @ error / len(y)",
      "            self.history.append(float((error**2).mean()))",
      "        return self",
      "",
      "    def predict(self, X):",
      "        X = np.asarray(X, dtype=float)",
      "        return ((X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9)) @ self.weights",
      "",
      "    def score(self, X, y):",
      "        return -float(np.abs(self.predict(X) - np.asarray(y)).mean())",
    );
    cell(story, [], "model = LeastSquares(epochs=20)", "model.fit(X_train, y_train)");
    story.writer.show("model.history[-1]");
    story.model = "model";
  },
  (story) => {
    cell(
      story,
      ["from sklearn.model_selection import GridSearchCV", "from sklearn.linear_model import Ridge"],
      'grid = {"alpha": [0.1, 1.0, 10.0]}',
      "search = GridSearchCV(Ridge(), grid, cv=3)",
      "search.fit(X_train, y_train)",
    );
    story.writer.show("search.best_params_");
    cell(story, [], "model = search.best_estimator_");
    story.model = "model";
  },
];

const anyTask: readonly Step[] = [
  (story) => {
    const kind = story.task === "classes" ? "KNeighborsClassifier" : "KNeighborsRegressor";
    cell(
      story,
      [
        "from sklearn.pipeline import Pipeline",
        "from sklearn.preprocessing import StandardScaler",
        `from sklearn.neighbors import ${kind}`,
      ],
      `pipe = Pipeline([("scale", StandardScaler()), ("model", ${kind}(n_neighbors=3))])`,
    );
    cell(story, [], "pipe.fit(X_train, y_train)");
    story.model = "pipe";
  },
  (story) => {
    const kind = story.task === "classes" ? "DecisionTreeClassifier" : "DecisionTreeRegressor";
    cell(
      story,
      [`from sklearn.tree import ${kind}`],
      "def train_model(depth, rows=X_train, labels=y_train):",
      `    model = ${kind}(max_depth=depth, random_state=1)`,
      "    return model.fit(rows, labels)",
    );
    cell(
      story,
      [],
      "results = []",
      "for depth in [1, 2, 3]:",
      "    model = train_model(depth)",
      "    results.append((depth, model.score(X_test, y_test)))",
    );
    cell(
      story,
      [],
      "best_depth, best_score = max(results, key=lambda pair: pair[1])",
      "print(best_depth, round(best_score, 4))",
    );
    story.model = "model";
  },
];

/** The same object once more, on more rows or other settings. */
function refit(story: Story): void {
  cell(
    story,
    ["from sklearn.base import clone"],
    `backup = clone(${story.model}) if hasattr(${story.model}, "get_params") else None`,
  );
  cell(story, [], `${story.model}.fit(X_test, y_test)`, `${story.model}.fit(X_train, y_train)`);
}
