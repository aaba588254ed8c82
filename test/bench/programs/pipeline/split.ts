import { cell, heading, type Step, type Story } from "./story.ts";

const splitter = "from sklearn.model_selection import train_test_split";
const names = ["X_train", "X_test", "y_train", "y_test"] as const;

/** What the model is given; sometimes scaled. */
export function split(story: Story): void {
  const { random } = story.writer;
  if (random.chance(0.6)) heading(story, random.pick(["Train and test", "Split", "Splitting the data"]));
  random.pick(story.parts ? fromTwo : fromOne)(story);
  story.split = names;
  if (random.chance(0.6)) random.pick(scaling)(story);
}

const isNumber = (story: Story, frame: string) =>
  `${frame}.select_dtypes("number").drop(columns=["${story.target}", "id"], errors="ignore")`;

const fromOne: readonly Step[] = [
  (story) => {
    cell(story, [], `X = ${isNumber(story, story.table)}`, `y = ${story.table}["${story.target}"]`);
    cell(
      story,
      [splitter],
      `X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=${story.writer.number(0, 50)})`,
    );
  },
  (story) => {
    cell(
      story,
      ["import numpy as np"],
      `SEED = ${story.writer.number(0, 99)}`,
      "np.random.seed(SEED)",
      `mask = np.random.rand(len(${story.table})) < 0.75`,
    );
    cell(
      story,
      [],
      `X = ${isNumber(story, story.table)}.to_numpy(dtype=float)`,
      `y = ${story.table}["${story.target}"].to_numpy()`,
      "X_train, X_test = X[mask], X[~mask]",
      "y_train, y_test = y[mask], y[~mask]",
    );
  },
  (story) => {
    // Nobody seeds it.
    cell(story, [splitter], `train_part, test_part = train_test_split(${story.table}, test_size=0.25)`);
    cell(
      story,
      [],
      `X_train, y_train = ${isNumber(story, "train_part")}, train_part["${story.target}"]`,
      `X_test, y_test = ${isNumber(story, "test_part")}, test_part["${story.target}"]`,
    );
  },
  (story) => {
    cell(
      story,
      [],
      `features = [c for c in ${story.table}.columns if c not in ("id", "${story.target}") and ${story.table}[c].dtype.kind in "if"]`,
      "features",
    );
    cell(
      story,
      [splitter],
      `X_train, X_test, y_train, y_test = train_test_split(`,
      `    ${story.table}[features], ${story.table}["${story.target}"], test_size=0.2, random_state=${story.writer.number(0, 50)}`,
      ")",
    );
  },
];

const fromTwo: readonly Step[] = [
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    cell(
      story,
      [],
      `features = [c for c in ${train}.columns if c not in ("id", "${story.target}")]`,
      `X_train, X_test = ${train}[features], ${test}[features]`,
      `y_train, y_test = ${train}["${story.target}"], ${test}["${story.target}"]`,
    );
  },
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    cell(story, [], `y_train = ${train}.pop("${story.target}")`, `y_test = ${test}.pop("${story.target}")`);
    cell(story, [], `X_train = ${train}.drop(columns="id")`, `X_test = ${test}.drop(columns="id")`, "X_train.head(2)");
  },
];

const scaling: readonly Step[] = [
  (story) => {
    cell(
      story,
      ["from sklearn.preprocessing import StandardScaler"],
      "scaler = StandardScaler()",
      "X_train = scaler.fit_transform(X_train)",
      "X_test = scaler.transform(X_test)",
    );
  },
  (story) => {
    cell(
      story,
      ["import numpy as np"],
      "X_train = np.asarray(X_train, dtype=float).copy()",
      "X_test = np.asarray(X_test, dtype=float).copy()",
    );
    cell(story, [], "mean, std = X_train.mean(axis=0), X_train.std(axis=0) + 1e-9");
    cell(story, [], "for part in (X_train, X_test):", "    part -= mean", "    part /= std");
  },
  (story) => {
    cell(story, ["from sklearn.preprocessing import MinMaxScaler"], "scaler = MinMaxScaler().fit(X_train)");
    cell(story, [], "X_train, X_test = [scaler.transform(part) for part in (X_train, X_test)]", "X_train.max()");
  },
];
