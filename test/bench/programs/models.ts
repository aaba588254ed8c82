import type { Table } from "./tables.ts";
import type { Writer } from "./writer.ts";

const models = [
  { module: "linear_model", name: "LogisticRegression", options: "max_iter=200" },
  { module: "tree", name: "DecisionTreeClassifier", options: "max_depth=3, random_state=0" },
  { module: "ensemble", name: "RandomForestClassifier", options: "n_estimators=10, random_state=1" },
  { module: "neighbors", name: "KNeighborsClassifier", options: "n_neighbors=3" },
] as const;

/** Split, scale on the training rows, fit, score on the test rows. */
export function model(writer: Writer, { name, numbers: [first, second], group }: Table): void {
  const { random } = writer;
  const { module, name: kind, options } = random.pick(models);
  const estimator = writer.name("model", "clf", "classifier");
  const [X, y] = random.pick([
    ["X", "y"],
    ["features", "target"],
  ] as const);
  const scaled = random.pick(["none", "scaler", "pipeline"] as const);
  writer.note("## Model");
  writer.code(
    "from sklearn.model_selection import train_test_split, cross_val_score",
    `from sklearn.${module} import ${kind}`,
    ...(scaled === "none" ? [] : ["from sklearn.preprocessing import StandardScaler"]),
    ...(scaled === "pipeline" ? ["from sklearn.pipeline import make_pipeline"] : []),
    "from sklearn.metrics import accuracy_score",
  );
  writer.code(
    `${X} = ${name}[["${first}", "${second}"]].to_numpy(dtype=float)`,
    `${y} = (${name}["${group}"] == ${name}["${group}"].iloc[0]).astype(int).to_numpy()`,
  );
  writer.code(
    `X_train, X_test, y_train, y_test = train_test_split(${X}, ${y}, test_size=0.3, random_state=${writer.number(0, 50)})`,
  );
  if (scaled === "scaler") {
    writer.code(
      "scaler = StandardScaler()",
      "X_train = scaler.fit_transform(X_train)",
      "X_test = scaler.transform(X_test)",
    );
  }
  const made = `${kind}(${options})`;
  writer.code(`${estimator} = ${scaled === "pipeline" ? `make_pipeline(StandardScaler(), ${made})` : made}`);
  writer.code(`${estimator}.fit(X_train, y_train)`);
  writer.show(`${estimator}.score(X_test, y_test)`);
  if (random.chance(0.5)) {
    const predicted = writer.name("y_pred", "predicted", "guess");
    writer.code(
      `${predicted} = ${estimator}.predict(X_test)`,
      `print("accuracy", accuracy_score(y_test, ${predicted}))`,
    );
  }
  if (random.chance(0.4)) writer.show(`cross_val_score(${estimator}, X_train, y_train, cv=3).mean()`);
}
