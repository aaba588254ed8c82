import { cell, heading, type Step, type Story, takeSome } from "./story.ts";

const numpy = "import numpy as np";
const pandas = "import pandas as pd";

/** Cleaning and features, in one table or in two at once. */
export function features(story: Story): void {
  const { random } = story.writer;
  heading(story, random.pick(["Cleaning", "Preparing the data", "Missing values"]));
  random.pick(story.parts ? fillBoth : fillOne)(story);
  story.isClean = true;
  if (random.chance(0.7)) heading(story, random.pick(["Feature engineering", "Features", "New columns"]));
  takeSome(story, story.parts ? bothSteps : oneSteps, 1, 4);
  random.pick(story.parts ? encodeBoth : encodeOne)(story);
}

const list = (story: Story) => JSON.stringify(story.numbers);

const fillOne: readonly Step[] = [
  (story) =>
    cell(
      story,
      [],
      `for column in ${list(story)}:`,
      `    ${story.table}[column] = ${story.table}[column].fillna(${story.table}[column].median())`,
      `${story.table}["${story.category}"] = ${story.table}["${story.category}"].fillna("unknown")`,
    ),
  (story) => {
    cell(story, [], `${story.table}.dropna(subset=${list(story)}, inplace=True)`);
    cell(
      story,
      [],
      `${story.table}.reset_index(drop=True, inplace=True)`,
      `${story.table}["${story.category}"] = ${story.table}["${story.category}"].fillna("unknown")`,
      `print(len(${story.table}), "rows left")`,
    );
  },
  (story) => {
    cell(
      story,
      [],
      "def fill_gaps(frame, columns):",
      "    for column in columns:",
      "        frame[column] = frame[column].fillna(frame[column].mean())",
      `    frame["${story.category}"] = frame["${story.category}"].fillna(frame["${story.category}"].mode()[0])`,
    );
    cell(story, [], `fill_gaps(${story.table}, ${list(story)})`);
    story.writer.show(`${story.table}.isna().sum().sum()`);
  },
  (story) => {
    cell(
      story,
      ["from sklearn.impute import SimpleImputer"],
      'imputer = SimpleImputer(strategy="median")',
      `${story.table}[${list(story)}] = imputer.fit_transform(${story.table}[${list(story)}])`,
      `${story.table}["${story.category}"] = ${story.table}["${story.category}"].fillna("none")`,
    );
  },
];

const fillBoth: readonly Step[] = [
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    cell(
      story,
      [],
      `for frame in [${train}, ${test}]:`,
      `    for column in ${list(story)}:`,
      `        frame[column] = frame[column].fillna(${train}[column].median())`,
      `    frame["${story.category}"] = frame["${story.category}"].fillna("unknown")`,
    );
  },
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    cell(story, [], `full_data = [${train}, ${test}]`, `medians = ${train}[${list(story)}].median()`);
    cell(
      story,
      [],
      "for dataset in full_data:",
      `    dataset[${list(story)}] = dataset[${list(story)}].fillna(medians)`,
      `    dataset["${story.category}"] = dataset["${story.category}"].fillna("north")`,
    );
  },
];

const oneSteps: readonly Step[] = [
  (story) =>
    cell(
      story,
      [],
      `${story.table}["ratio"] = ${story.table}["${story.numbers[0]}"] / (${story.table}["${story.numbers[1]}"] + 1)`,
    ),
  (story) => {
    const rate = story.writer.name("RATE", "FACTOR");
    cell(story, [], `${rate} = ${story.writer.number(2, 9)} / 4`);
    cell(story, [], "def scaled(value):", `    return value * ${rate} + 1`);
    cell(story, [], `${story.table}["scaled"] = ${story.table}["${story.numbers[1]}"].apply(scaled)`);
  },
  (story) =>
    cell(
      story,
      [numpy],
      `${story.table}["log_${story.numbers[0]}"] = np.log1p(${story.table}["${story.numbers[0]}"].clip(lower=0))`,
      `${story.table}["large"] = (${story.table}["${story.numbers[1]}"] > ${story.table}["${story.numbers[1]}"].median()).astype(int)`,
    ),
  (story) => {
    const threshold = story.writer.number(50, 70);
    cell(
      story,
      [],
      `threshold = ${threshold}`,
      `outliers = ${story.table}["${story.numbers[0]}"] > threshold`,
      `${story.table}.loc[outliers, "${story.numbers[0]}"] = threshold`,
      "print(outliers.sum())",
    );
  },
  (story) => {
    cell(
      story,
      [],
      "makers = {",
      `    "double": lambda frame: frame["${story.numbers[0]}"] * 2,`,
      `    "difference": lambda frame: frame["${story.numbers[0]}"] - frame["${story.numbers[1]}"],`,
      "}",
    );
    cell(story, [], "for name, make in makers.items():", `    ${story.table}[name] = make(${story.table})`);
  },
  (story) => {
    cell(
      story,
      [pandas],
      `averages = ${story.table}.groupby("${story.category}", as_index=False)["${story.numbers[0]}"].mean()`,
      `averages.columns = ["${story.category}", "category_mean"]`,
    );
    cell(
      story,
      [],
      `${story.table} = ${story.table}.merge(averages, on="${story.category}", how="left")`,
      `${story.table}.head(3)`,
    );
  },
  (story) => {
    cell(story, [], `original = ${story.table}`, `${story.table} = ${story.table}.copy()`);
    cell(story, [], `${story.table}["${story.numbers[1]}"] = ${story.table}["${story.numbers[1]}"] ** 0.5`);
    cell(story, [], `(original["${story.numbers[1]}"] - ${story.table}["${story.numbers[1]}"]).abs().max()`);
  },
  (story) =>
    cell(
      story,
      [pandas],
      "try:",
      `    ${story.table}["band"] = pd.qcut(${story.table}["${story.numbers[2]}"], 4, labels=False)`,
      "except ValueError:",
      `    ${story.table}["band"] = 0`,
    ),
];

const bothSteps: readonly Step[] = [
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    cell(
      story,
      [],
      `for frame in (${train}, ${test}):`,
      `    frame["total"] = frame["${story.numbers[0]}"] + frame["${story.numbers[1]}"]`,
      `    frame["is_alone"] = 0`,
      `    frame.loc[frame["total"] < 20, "is_alone"] = 1`,
    );
  },
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    cell(
      story,
      [numpy],
      "def add_features(frame):",
      `    frame["log"] = np.log1p(frame["${story.numbers[0]}"].clip(lower=0))`,
      `    frame["half"] = frame["${story.numbers[1]}"] / 2`,
      "    return frame",
    );
    cell(story, [], `${train} = add_features(${train})`, `${test} = add_features(${test})`, `${train}.shape`);
  },
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    cell(story, [], `combine = {"train": ${train}, "test": ${test}}`);
    cell(
      story,
      [],
      "for name, frame in combine.items():",
      `    frame["rank"] = frame["${story.numbers[0]}"].rank()`,
      '    print(name, frame["rank"].max())',
    );
  },
  (story) => {
    const [train] = story.parts as readonly [string, string];
    cell(
      story,
      [],
      `mean_target = ${train}.groupby("${story.category}")["${story.target}"].mean().to_dict()`,
      "mean_target",
    );
  },
];

const encodeOne: readonly Step[] = [
  (story) => {
    cell(
      story,
      [pandas],
      `${story.table} = pd.get_dummies(${story.table}, columns=["${story.category}"], dtype=int)`,
      `${story.table}.columns`,
    );
  },
  (story) => {
    cell(
      story,
      [],
      "codes = {}",
      `for value in sorted(${story.table}["${story.category}"].unique()):`,
      "    codes[value] = len(codes)",
      `${story.table}["${story.category}"] = ${story.table}["${story.category}"].map(codes)`,
    );
  },
  (story) => {
    cell(
      story,
      ["from sklearn.preprocessing import LabelEncoder"],
      "encoder = LabelEncoder()",
      `${story.table}["${story.category}"] = encoder.fit_transform(${story.table}["${story.category}"])`,
    );
    story.writer.show("list(encoder.classes_)");
  },
  (story) => {
    cell(
      story,
      [],
      "class Encoder:",
      '    """Numbers for names, in the order in which they come."""',
      "    def __init__(self):",
      "        self.codes = {}",
      "",
      "    def fit(self, values):",
      "        for value in values:",
      "            self.codes.setdefault(value, len(self.codes))",
      "        return self",
      "",
      "    def transform(self, values):",
      "        return [self.codes.get(value, -1) for value in values]",
    );
    cell(story, [], "encoder = Encoder()", `encoder.fit(${story.table}["${story.category}"])`);
    cell(
      story,
      [],
      `${story.table}["${story.category}"] = encoder.transform(${story.table}["${story.category}"])`,
      "encoder.codes",
    );
  },
];

const encodeBoth: readonly Step[] = [
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    cell(
      story,
      [],
      'codes = {"north": 0, "south": 1, "east": 2, "unknown": 3}',
      `for frame in [${train}, ${test}]:`,
      `    frame["${story.category}"] = frame["${story.category}"].map(codes)`,
    );
  },
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    cell(
      story,
      [pandas],
      "encoders = {}",
      `categories, uniques = pd.factorize(${train}["${story.category}"])`,
      `encoders["${story.category}"] = {value: code for code, value in enumerate(uniques)}`,
    );
    cell(
      story,
      [],
      `${train}["${story.category}"] = ${train}["${story.category}"].map(encoders["${story.category}"])`,
      `${test}["${story.category}"] = ${test}["${story.category}"].map(encoders["${story.category}"]).fillna(-1)`,
    );
  },
];
