import type { Writer } from "./writer.ts";

/** A table of the notebook: its name and its columns by what they hold. */
export interface Table {
  readonly name: string;
  readonly numbers: readonly [string, string];
  readonly group: string;
}

const subjects = [
  {
    names: ["orders", "sales", "df"],
    numbers: ["amount", "price"],
    group: "region",
    groups: ["north", "south", "east"],
  },
  { names: ["patients", "visits", "data"], numbers: ["age", "weight"], group: "ward", groups: ["a", "b", "c", "d"] },
  { names: ["trips", "rides", "frame"], numbers: ["distance", "duration"], group: "city", groups: ["Oslo", "Rome"] },
  { names: ["flowers", "plants", "raw"], numbers: ["height", "width"], group: "species", groups: ["x", "y", "z"] },
] as const;

/** The imports and a table: written in the cell, drawn with a seed, or read from a file beside the notebook. */
export function table(writer: Writer): Table {
  const { random } = writer;
  const subject = random.pick(subjects);
  const name = writer.name(...subject.names);
  const [first, second] = subject.numbers;
  const rows = random.between(24, 60);
  writer.note(`# ${name}`);
  const how = random.pick(["written", "drawn", "legacy", "file"] as const);
  if (how === "written") {
    const values = () => Array.from({ length: 12 }, () => random.between(1, 90)).join(", ");
    writer.code("import numpy as np", "import pandas as pd");
    writer.code(
      `${name} = pd.DataFrame({`,
      `    "${first}": [${values()}],`,
      `    "${second}": [${values()}],`,
      `    "${subject.group}": [${Array.from({ length: 12 }, () => `"${random.pick(subject.groups)}"`).join(", ")}],`,
      "})",
      `${name}.head()`,
    );
  } else if (how === "file") {
    const lines = Array.from(
      { length: rows },
      () => `${random.between(1, 90)},${random.between(1, 90) / 2},${random.pick(subject.groups)}`,
    );
    writer.file(`data/${name}.csv`, `${first},${second},${subject.group}\n${lines.join("\n")}\n`);
    writer.code("import pandas as pd", ...(random.chance(0.5) ? ["import numpy as np"] : []));
    writer.code(`${name} = pd.read_csv("data/${name}.csv")`, `${name}.shape`);
  } else {
    const legacy = how === "legacy";
    const stream = legacy ? "np.random" : writer.name("rng", "generator");
    const whole = legacy ? "randint" : "integers";
    writer.code("import numpy as np", "import pandas as pd");
    writer.code(
      legacy ? `np.random.seed(${writer.number(0, 99)})` : `${stream} = np.random.default_rng(${writer.number(0, 99)})`,
    );
    writer.code(
      `${name} = pd.DataFrame({`,
      `    "${first}": ${stream}.${whole}(1, 90, ${rows}),`,
      `    "${second}": ${stream}.normal(20, 5, ${rows}),`,
      `    "${subject.group}": ${stream}.choice([${subject.groups.map((one) => `"${one}"`).join(", ")}], ${rows}),`,
      "})",
    );
    writer.show(`${name}.describe()`);
  }
  return { name, numbers: [first, second], group: subject.group };
}

/** What people do to a table, each in a cell of its own. */
export function clean(writer: Writer, { name, numbers: [first, second], group }: Table): void {
  const { random } = writer;
  const steps: readonly (() => void)[] = [
    () => writer.code(`${name} = ${name}.dropna()`, `len(${name})`),
    () => writer.code(`${name}["ratio"] = ${name}["${first}"] / ${name}["${second}"]`, `${name}["ratio"].mean()`),
    () => writer.code(`${name}["${first}"] = ${name}["${first}"] / 10`),
    () => writer.code(`${name}["${second}"] = ${name}["${second}"] * 2 + 1`, `${name}["${second}"].max()`),
    () => writer.code(`${name}.columns = [column.lower() for column in ${name}.columns]`),
    () =>
      writer.code(
        `${name} = ${name}[${name}["${first}"] > ${name}["${first}"].quantile(0.1)].copy()`,
        `print(${name}.shape)`,
      ),
    () => writer.code(`${name} = ${name}.sort_values("${second}").reset_index(drop=True)`),
    () => writer.code(`${name}.loc[${name}["${second}"] > 40, "${second}"] = 40`),
    () => writer.code(`${name}["large"] = (${name}["${first}"] > ${name}["${first}"].median()).astype(int)`),
    () => writer.code(`${name}["${group}"] = ${name}["${group}"].str.upper()`, `${name}["${group}"].value_counts()`),
  ];
  for (const step of random.some(steps, random.between(2, 4))) step();
}

/** Looking at a table, which changes nothing. */
export function explore(writer: Writer, { name, numbers: [first, second], group }: Table): void {
  const { random } = writer;
  const looks: readonly (() => void)[] = [
    () => writer.show(`${name}.groupby("${group}")["${first}"].mean()`),
    () => writer.show(`${name}[["${first}", "${second}"]].corr()`),
    () => writer.show(`${name}["${first}"].sum()`, `${name}["${second}"].std()`),
    () => {
      const summary = writer.name("summary", "totals", "by_group");
      writer.code(`${summary} = ${name}.groupby("${group}").agg({"${first}": "mean", "${second}": "max"})`);
      writer.show(`${summary}`);
    },
    () =>
      writer.code(
        "import matplotlib.pyplot as plt",
        "fig, ax = plt.subplots()",
        `ax.scatter(${name}["${first}"], ${name}["${second}"])`,
        `ax.set_xlabel("${first}")`,
        "plt.show()",
      ),
    () => {
      const other = writer.name("lookup", "labels", "codes");
      const joined = writer.name("joined", "merged", "full");
      writer.code(
        `${other} = ${name}[["${group}"]].drop_duplicates().reset_index(drop=True)`,
        `${other}["code"] = range(len(${other}))`,
      );
      writer.code(`${joined} = ${name}.merge(${other}, on="${group}")`, `${joined}["code"].sum()`);
    },
  ];
  for (const look of random.some(looks, random.between(2, 4))) look();
}
