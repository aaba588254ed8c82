import type { CommandsText } from "../sides/stage-capture.ts";

/**
 * What the programs that a stage started wrote. In a notebook it stands among the cell's own lines, in no certain order,
 * and a shell line (`!ls`) writes to a terminal there: both of its streams, in columns and colours.
 */
export class CommandsLines {
  #stdout: readonly string[];
  #stderr: readonly string[];

  constructor({ stdout, stderr }: CommandsText) {
    this.#stdout = linesOf(stdout);
    this.#stderr = linesOf(stderr);
  }

  /**
   * Takes lines of the notebook out of it: `identical` where they are there as they are, in their order, `equivalent`
   * where their words are. Nothing is taken, and nothing answered, where they are not.
   */
  take(wanted: readonly string[]): "identical" | "equivalent" | undefined {
    const lines = wanted.map(plain).filter((line) => line !== "");
    const rest = withoutLines(this.#stdout, lines);
    if (rest !== undefined) {
      this.#stdout = rest;
      return "identical";
    }
    const all = [...this.#stdout, ...this.#stderr];
    const left = withoutWords(all, lines);
    if (left === undefined) return undefined;
    [this.#stdout, this.#stderr] = [left, []];
    return "equivalent";
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's colours begin with one
const colours = /\u001b\[[\d;]*[A-Za-z]/g;

function plain(line: string): string {
  return line.replace(colours, "").trimEnd();
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map(plain)
    .filter((line) => line !== "");
}

/** Without the first lines that are these, in this order. */
function withoutLines(lines: readonly string[], wanted: readonly string[]): readonly string[] | undefined {
  const rest: string[] = [];
  let at = 0;
  for (const line of lines) {
    if (line === wanted[at]) at += 1;
    else rest.push(line);
  }
  return at === wanted.length ? rest : undefined;
}

function withoutWords(lines: readonly string[], wanted: readonly string[]): readonly string[] | undefined {
  const left = new Map<string, number>();
  for (const word of wanted.flatMap(words)) left.set(word, (left.get(word) ?? 0) + 1);
  const rest = lines.map((line) =>
    words(line)
      .filter((word) => {
        const count = left.get(word) ?? 0;
        left.set(word, count - 1);
        return count <= 0;
      })
      .join(" "),
  );
  return [...left.values()].every((count) => count <= 0) ? rest.filter((line) => line !== "") : undefined;
}

function words(line: string): readonly string[] {
  return line.split(/\s+/).filter((word) => word !== "");
}
