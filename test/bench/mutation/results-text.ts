import { basename } from "node:path";
import { table } from "../measure.ts";
import type { Mutant } from "./mutants.ts";
import type { Fate } from "./trial.ts";

export interface Result {
  readonly mutant: Mutant;
  readonly fate: Fate;
  readonly diff: string;
}

export interface Setting {
  /** How many mutants the operators make of the samples. */
  readonly possible: number;
  readonly samples: number;
  /** Samples that were left out, and why. */
  readonly left: readonly string[];
  readonly seed: number;
}

/** The figures, and each survivor with what the oracle saw. */
export function resultsText(results: readonly Result[], { possible, samples, left, seed }: Setting): string {
  const tried = results.filter(({ fate }) => fate.kind !== "not-applicable");
  const of = (kind: Fate["kind"], among = tried) => among.filter(({ fate }) => fate.kind === kind).length;
  const rows = [...Map.groupBy(tried, ({ mutant }) => mutant.operator)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([operator, own]) => [operator, String(own.length), ...kinds.map((kind) => String(of(kind, own)))]);
  const survivors = tried.filter(({ fate }) => fate.kind === "survived");
  const changing = tried.length - of("equivalent");
  return [
    `${tried.length} mutants of ${possible} possible ones, over ${samples} samples (seed ${seed}; ${results.length - tried.length} more did not fit the value that they were to damage).`,
    ...(left.length > 0 ? [`Left out: ${left.join(", ")}.`] : []),
    "",
    table(
      ["operator", "mutants", ...kinds],
      [...rows, ["all", String(tried.length), ...kinds.map((kind) => String(of(kind)))]],
    ),
    "",
    `Of ${changing} mutants that change something, verify finds ${changing - survivors.length}. ${of("equivalent")} change nothing: every variable, text, picture and file is, byte for byte, that of the sound project.`,
    ...survivors.map(survivorText),
  ].join("\n");
}

const kinds = ["different", "failed", "timed-out", "equivalent", "survived"] as const;

function survivorText({ mutant, fate, diff }: Result): string {
  const oracle = fate.kind === "survived" ? fate.oracle.slice(0, 6).join(", ") : "";
  const said = fate.kind === "survived" ? fate.said : "";
  return `\nSURVIVED ${mutant.sample}, ${basename(mutant.file)} line ${mutant.line}, ${mutant.operator}\n${diff}\n  verify says: ${said}\n  the oracle sees: ${oracle}`;
}
