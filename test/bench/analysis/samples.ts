import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import type { Draft } from "../programs/draft.ts";
import type { Random } from "../programs/random.ts";

/** Not clean to begin with, or minutes long. */
const left = new Set(["voters", "digits"]);

/** The repository's samples as drafts, each with the text files beside it. */
export function sampleDrafts(root: string): readonly Draft[] {
  return globSync(join(root, "samples", "*", "*.ipynb"))
    .sort()
    .filter((file) => !left.has(basename(file, ".ipynb")))
    .map((file) => {
      const folder = dirname(file);
      const { cells } = readNotebook(readFileSync(file, "utf8"), file);
      const files = globSync(join(folder, "data", "**", "*.{csv,txt,json,tsv}")).map((path) => [
        relative(folder, path),
        readFileSync(path, "utf8"),
      ]);
      return {
        origin: `samples/${basename(file, ".ipynb")}`,
        files: Object.fromEntries(files) as Record<string, string>,
        known: knownFaults(join(folder, "expected.json")),
        cells: cells
          .filter(({ kind, source }) => kind !== "code" || source.trim() !== "")
          .map(({ kind, source }, index) => ({ id: `c${index}`, kind: kind === "code" ? "code" : "markdown", source })),
      };
    });
}

/** What the sample's author says of it. */
function knownFaults(file: string): readonly string[] {
  type Known = { readonly rule: string | readonly string[] };
  const { findings, tolerated } = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, readonly Known[]>>;
  return [...(findings ?? []), ...(tolerated ?? [])].flatMap(({ rule }) => rule);
}

/** A sample's beginning, of 7 to 16 code cells: what stands above any cell runs without what stands below it, and costs less. */
export function beginningOf(draft: Draft, random: Random): Draft {
  const code = draft.cells.filter(({ kind }) => kind === "code");
  const last = code[Math.min(code.length, random.between(7, 16)) - 1];
  return { ...draft, cells: draft.cells.slice(0, draft.cells.findIndex(({ id }) => id === last?.id) + 1) };
}
