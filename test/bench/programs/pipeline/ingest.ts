import { cell, heading, type Step, type Story } from "./story.ts";

const pandas = "import pandas as pd";
const numpy = "import numpy as np";

/** The table: from a file, from two, from rows in the notebook, or drawn. */
export function ingest(story: Story): void {
  const { random } = story.writer;
  heading(story, random.pick(["Load the data", "Data", "Reading the data", "1. Getting the data"]));
  random.pick(story.parts ? twoTables : oneTable)(story);
}

function csv(story: Story, rows: number, offset = 0): string {
  const { random } = story.writer;
  const gap = () => random.chance(0.08);
  const lines = Array.from({ length: rows }, (_, at) => {
    const numbers = story.numbers.map((_, column) => (gap() ? "" : String(random.between(1, 80) / (column + 1))));
    const first = Number(numbers[0] || 30);
    const target =
      story.task === "classes"
        ? Number(first + random.between(-15, 15) > 35)
        : Math.round(first * 3 + Number(numbers[1] || 10) * 2 + random.between(-9, 9));
    return [at + offset, ...numbers, gap() ? "" : random.pick(["north", "south", "east"]), target].join(",");
  });
  return `${["id", ...story.numbers, story.category, story.target].join(",")}\n${lines.join("\n")}\n`;
}

const oneTable: readonly Step[] = [
  (story) => {
    const { writer, table } = story;
    writer.file("data/records.csv", csv(story, writer.random.between(60, 140)));
    cell(story, [pandas], `${table} = pd.read_csv("data/records.csv")`, `${table}.head()`);
  },
  (story) => {
    const { writer, table } = story;
    writer.file("records.csv", csv(story, writer.random.between(60, 140)));
    cell(story, [pandas, "import os"], 'DATA_DIR = "."', 'path = os.path.join(DATA_DIR, "records.csv")');
    cell(story, [pandas], `${table} = pd.read_csv(path, index_col="id")`, `print(${table}.shape)`);
  },
  (story) => {
    const { writer, table } = story;
    const rows = writer.random.between(30, 50);
    writer.file("data/part_1.csv", csv(story, rows));
    writer.file("data/part_2.csv", csv(story, rows, rows));
    cell(
      story,
      [pandas, "from pathlib import Path"],
      "frames = []",
      'for path in sorted(Path("data").glob("part_*.csv")):',
      "    part = pd.read_csv(path)",
      '    part["source"] = path.stem',
      "    frames.append(part)",
    );
    cell(story, [pandas], `${table} = pd.concat(frames, ignore_index=True)`, `${table}.shape`);
  },
  (story) => {
    const { writer, table } = story;
    const lines = csv(story, 60);
    writer.file("data/records.csv", lines);
    cell(
      story,
      [pandas],
      "def load(name, folder='data'):",
      '    """Reads one of the tables."""',
      "    frame = pd.read_csv(f'{folder}/{name}.csv')",
      "    frame.columns = [column.strip().lower() for column in frame.columns]",
      "    return frame",
    );
    cell(story, [pandas], `raw = load("records")`, `${table} = raw.copy()`, `${table}.info()`);
  },
  (story) => {
    const { writer, table } = story;
    const seed = writer.number(0, 99);
    const rows = writer.random.between(60, 120);
    const [first = "a", second = "b", third = "c"] = story.numbers;
    cell(
      story,
      [numpy, pandas],
      `rng = np.random.default_rng(${seed})`,
      `n = ${rows}`,
      `${table} = pd.DataFrame({`,
      `    "${first}": rng.normal(40, 12, n),`,
      `    "${second}": rng.integers(1, 60, n),`,
      `    "${third}": rng.gamma(2.0, 3.0, n),`,
      `    "${story.category}": rng.choice(["north", "south", "east"], n),`,
      "})",
    );
    const made =
      story.task === "classes"
        ? `(${table}["${first}"] + rng.normal(0, 6, n) > 40).astype(int)`
        : `${table}["${first}"] * 2 + ${table}["${second}"] + rng.normal(0, 3, n)`;
    cell(story, [], `${table}["${story.target}"] = ${made}`, `${table}.describe()`);
  },
];

const twoTables: readonly Step[] = [
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    story.writer.file("input/train.csv", csv(story, 90));
    story.writer.file("input/test.csv", csv(story, 40, 90));
    cell(story, [pandas], `${train} = pd.read_csv("input/train.csv")`, `${test} = pd.read_csv("input/test.csv")`);
    story.writer.show(`${train}.shape`, `${test}.shape`);
  },
  (story) => {
    const [train, test] = story.parts as readonly [string, string];
    story.writer.file("data/records.csv", csv(story, 120));
    cell(
      story,
      [pandas],
      'data = pd.read_csv("data/records.csv")',
      `${train} = data.iloc[:80].copy()`,
      `${test} = data.iloc[80:].reset_index(drop=True)`,
    );
  },
];
