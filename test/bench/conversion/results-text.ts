import { table } from "../measure.ts";
import { divergesInSilence, isProven, type Judged } from "./judged.ts";
import type { Findings } from "./lint.ts";

/** The tables of docs/benchmarks.md, and a line for each notebook that is not as it should be. */
export function resultsText(results: readonly Judged[]): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  const rows = [...groups, "all"].map((group) =>
    row(group, group === "all" ? results : results.filter((each) => each.group === group)),
  );
  return [table(head, rows), times(results), readability(results), problems(results)].join("\n\n");
}

const head = [
  "notebooks",
  "run",
  "converted",
  "identical",
  "equivalent",
  "not proven",
  "needed a refinement",
  "diagnosed",
  "diverging in silence",
  "more than one stage, proven",
];

function row(group: string, all: readonly Judged[]): readonly string[] {
  const run = all.filter(({ fails, crash }) => fails === undefined && crash === undefined);
  const converted = run.filter(({ outcome }) => outcome === "converted");
  const count = (test: (each: Judged) => boolean) => run.filter(test).length;
  const share = (some: number) => `${some} (${((100 * some) / Math.max(run.length, 1)).toFixed(1)} %)`;
  return [
    group,
    `${run.length} of ${all.length}`,
    String(converted.length),
    String(count(({ proof }) => proof === "identical")),
    String(count(({ proof }) => proof === "equivalent")),
    String(converted.filter((each) => !isProven(each)).length),
    share(count(({ refinements }) => (refinements?.length ?? 0) > 0)),
    String(count(({ outcome }) => outcome === "diagnosed")),
    `**${count(divergesInSilence)}**`,
    share(count((each) => isProven(each) && (each.stages?.length ?? 0) > 1)),
  ];
}

function times(results: readonly Judged[]): string {
  const of = (value: (each: Judged) => number | undefined) =>
    results.map(value).filter((each) => each !== undefined && Number.isFinite(each)) as number[];
  const ratios = of(({ proofSeconds, notebookSeconds }) => (proofSeconds ?? 0) / (2 * (notebookSeconds ?? Number.NaN)));
  return table(
    ["", "median", "the slowest tenth from"],
    [
      [
        "analysis and conversion in a warm process, ms",
        ...quantiles(of(({ convertMilliseconds }) => convertMilliseconds)),
      ],
      ["the lock, where it was made before, ms", ...quantiles(of(({ lockMilliseconds }) => lockMilliseconds))],
      ["the proof, in runs of the notebook by twos", ...quantiles(ratios)],
    ],
  );
}

function quantiles(values: readonly number[]): readonly string[] {
  const sorted = values.toSorted((one, other) => one - other);
  return [0.5, 0.9].map((part) => (sorted[Math.floor(sorted.length * part)] ?? Number.NaN).toFixed(1));
}

function readability(results: readonly Judged[]): string {
  const counted = results.flatMap((each) => each.readability ?? []);
  const sum = (value: (each: (typeof counted)[number]) => number) =>
    counted.reduce((total, each) => total + value(each), 0);
  const lines = sum(({ notebookLines }) => notebookLines);
  return table(
    [
      "projects",
      "lines of its modules per line of the notebook",
      "lines of all Python",
      "functions over 60 lines",
      "names the user did not write, per project",
      "findings of ruff",
      "files that ruff would format",
      "errors of mypy",
    ],
    [
      [
        String(counted.length),
        (sum(({ codeLines }) => codeLines) / lines).toFixed(2),
        (sum(({ allLines }) => allLines) / lines).toFixed(2),
        `${sum(({ longFunctions }) => longFunctions)} of ${sum(({ functions }) => functions)}`,
        (sum(({ foreignNames }) => foreignNames.length) / counted.length).toFixed(2),
        ...(["ruff", "unformatted", "mypy"] as const).map((kind) => found(results, kind)),
      ],
    ],
  );
}

/** `3 in 2 of 40 projects`. */
function found(results: readonly Judged[], kind: keyof Findings): string {
  const counts = results.flatMap(({ lint }) => lint?.[kind] ?? []);
  const all = counts.reduce((sum, each) => sum + each, 0);
  return `${all} in ${counts.filter((each) => each > 0).length} of ${counts.length} projects`;
}

function problems(results: readonly Judged[]): string {
  const lines = results.flatMap((each) => {
    const { name, crash, fails, outcome, refinements = [], different = [], origin, stages } = each;
    const told = (what: string) => [`- ${each.group}/${name}: ${what}`];
    if (crash !== undefined) return told(`crashed: ${crash}`);
    if (fails !== undefined) return told(`does not run: ${fails.slice(0, 160)} (${outcome})`);
    if (outcome === "diagnosed") return told(`diagnosed: ${each.reasons?.join("; ")}`);
    if (divergesInSilence(each)) return told(`**in silence**: ${different.slice(0, 4).join("; ")}`);
    return [
      ...(isProven(each) ? [] : told(`not proven: ${origin}`)),
      ...refinements.flatMap(({ why, change }) => told(`refined, ${change}: ${why}`)),
      ...(stages?.length === 1 ? told(`one stage: ${each.notes?.join(" ")}`) : []),
    ];
  });
  return lines.join("\n");
}
