import { cell, heading, type Step, type Story, takeSome } from "./story.ts";

const pyplot = "import matplotlib.pyplot as plt";

/** Looking at the data, which should change nothing. */
export function explore(story: Story): void {
  heading(story, story.writer.random.pick(["Exploration", "A first look", "EDA"]));
  takeSome(story, looks, 1, 4);
}

const tableOf = (story: Story) => story.parts?.[0] ?? story.table;

const looks: readonly Step[] = [
  (story) => story.writer.show(`${tableOf(story)}.isna().sum()`),
  (story) => story.writer.show(`${tableOf(story)}["${story.category}"].value_counts()`),
  (story) => story.writer.show(`${tableOf(story)}.groupby("${story.category}")["${story.numbers[0]}"].mean()`),
  (story) =>
    cell(
      story,
      [pyplot],
      "fig, ax = plt.subplots(figsize=(4, 3))",
      `${tableOf(story)}["${story.numbers[0]}"].hist(ax=ax, bins=15)`,
      `ax.set_title("${story.numbers[0]}")`,
      "plt.show()",
    ),
  (story) =>
    cell(
      story,
      [pyplot],
      `for column in ${JSON.stringify(story.numbers)}:`,
      "    plt.figure(figsize=(3, 2))",
      `    plt.plot(${tableOf(story)}[column].sort_values().values)`,
      "    plt.title(column)",
      "    plt.show()",
    ),
  (story) => {
    const groups = story.writer.name("groups", "grouped", "by_region");
    cell(story, [], `${groups} = ${tableOf(story)}.groupby("${story.category}")`);
    cell(
      story,
      [],
      `for key, part in ${groups}:`,
      `    print(key, len(part), round(part["${story.numbers[1]}"].mean(), 3))`,
    );
  },
  (story) => {
    const summary = story.writer.name("summary", "stats");
    cell(
      story,
      ["from collections import defaultdict"],
      `${summary} = defaultdict(dict)`,
      `for column in ${JSON.stringify(story.numbers)}:`,
      `    ${summary}[column]["mean"] = float(${tableOf(story)}[column].mean())`,
      `    ${summary}[column]["missing"] = int(${tableOf(story)}[column].isna().sum())`,
      `dict(${summary})`,
    );
  },
  (story) => {
    const limit = story.writer.number(20, 40);
    cell(story, [], `limit = ${limit}`, `${tableOf(story)}.query("${story.numbers[0]} > @limit").shape`);
  },
];
