import type { Writer } from "../writer.ts";

/** What the notebook has come to while it is written: its tables, columns and models, by the names that they have. */
export interface Story {
  readonly writer: Writer;
  /** Import lines of the cell at the top, where this author puts them there. */
  readonly imports: Set<string>;
  readonly importsOnTop: boolean;
  readonly headings: "sections" | "few" | "none";
  /** The whole table; gone where the notebook has two from the start. */
  table: string;
  /** Two tables, where the notebook has them. */
  parts: readonly [string, string] | undefined;
  /** Columns of numbers, which have no gaps once `isClean`. */
  numbers: string[];
  readonly category: string;
  readonly target: string;
  readonly task: "classes" | "numbers";
  isClean: boolean;
  /** The arrays or tables after the split: X_train, X_test, y_train, y_test. */
  split: readonly [string, string, string, string] | undefined;
  model: string | undefined;
  /** A name that holds a score, where there is one. */
  score: string | undefined;
}

/** One thing that people do in a notebook. */
export type Step = (story: Story) => void;

/** A cell that needs imports: above it, or at the top of the notebook. */
export function cell(story: Story, imports: readonly string[], ...lines: readonly string[]): void {
  const missing = imports.filter((line) => !story.imports.has(line));
  for (const line of missing) story.imports.add(line);
  story.writer.code(...(story.importsOnTop ? [] : missing), ...lines);
}

/** A heading, where this author writes them. */
export function heading(story: Story, text: string, level = 2): void {
  if (story.headings === "sections" || (story.headings === "few" && story.writer.random.chance(0.4))) {
    story.writer.heading(`${"#".repeat(level)} ${text}`);
  }
}

/** Some of these steps, in the order of the list. */
export function takeSome(story: Story, steps: readonly Step[], low: number, high: number): void {
  const { random } = story.writer;
  const chosen = new Set(random.some(steps, random.between(low, high)));
  for (const step of steps) if (chosen.has(step)) step(story);
}
