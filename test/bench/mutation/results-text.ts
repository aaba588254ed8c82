import { basename } from "node:path";
import { table } from "../measure.ts";
import { judgementOf } from "./judged-survivors.ts";
import type { Result, SampleResults } from "./kept-results.ts";
import type { Fate } from "./trial.ts";

/** The figures, and each survivor with what the oracle saw and, where somebody has judged it, why no value differs. */
export function resultsText(samples: readonly SampleResults[], seed: number): string {
  const results = samples.flatMap((sample) => sample.results);
  const tried = results.filter(({ fate }) => fate.kind !== "not-applicable");
  const of = (kind: Fate["kind"], among = tried) => among.filter(({ fate }) => fate.kind === kind).length;
  const rowOf = (name: string, own: readonly Result[]) => [
    name,
    String(own.length),
    ...kinds.map((kind) => String(of(kind, [...own]))),
  ];
  const byOperator = [...Map.groupBy(tried, ({ mutant }) => mutant.operator)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([operator, own]) => rowOf(operator, own));
  const survivors = tried.filter(({ fate }) => fate.kind === "survived");
  const judged = survivors.filter((result) => judgementOf(result) !== undefined);
  const unjudged = survivors.length - judged.length;
  const changing = tried.length - of("equivalent") - of("timed-out") - judged.length;
  const cut = samples.flatMap(({ sample, isCutOff, results: own }) =>
    isCutOff ? [`${sample} after ${own.length}`] : [],
  );
  const possible = samples.reduce((sum, sample) => sum + sample.possible, 0);
  const unstable = samples.flatMap((sample) => sample.unstable.map((name) => `${sample.sample} ${name}`));
  return [
    `${tried.length} mutants of ${possible} possible ones (seed ${seed}).`,
    ...(cut.length > 0 ? [`Cut off: ${cut.join(", ")}.`] : []),
    ...samples.flatMap(({ sample, left }) => (left === undefined ? [] : [`${sample} is left out: ${left}.`])),
    "",
    table(["operator", "mutants", ...kinds], [...byOperator, rowOf("all", tried)]),
    "",
    `Of ${changing} mutants that change something, verify finds ${changing - unjudged}. ${of("equivalent")} change nothing: every variable, text, picture and file is, byte for byte, that of the sound project. ${judged.length} more change no value, each judged below. ${of("timed-out")} took too long to say.`,
    ...(unstable.length > 0 ? [`The oracle cannot tell, as two sound runs part: ${unstable.join(", ")}.`] : []),
    ...survivors.map(survivorText),
  ].join("\n");
}

const kinds = ["different", "failed", "timed-out", "equivalent", "survived"] as const;

function survivorText(result: Result): string {
  const { mutant, fate, diff } = result;
  const oracle = fate.kind === "survived" ? fate.oracle.slice(0, 6).join(", ") : "";
  const said = fate.kind === "survived" ? fate.said : "";
  const why = judgementOf(result);
  const head = why === undefined ? "SURVIVED" : "JUDGED EQUIVALENT";
  return `\n${head} ${mutant.sample}, ${basename(mutant.file)} line ${mutant.line}, ${mutant.operator}\n${diff}\n  verify says: ${said}\n  the oracle sees: ${oracle}${why === undefined ? "" : `\n  judged: ${why}`}`;
}
