import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { testPython } from "../../support/python.ts";
import { table } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import { type Comparison, compare } from "./compare.ts";
import { generatedPrograms, type Ran, runCorpus, samplePrograms, writtenPrograms } from "./corpus.ts";
import type { Program } from "./generate.ts";
import { type Candidate, checkSlices, confirm, measureMinimality, type SliceCheck, spread } from "./slices.ts";

/** The dataflow against running: dependences that it misses, edges that nothing needs, slices run alone. */
export async function dataflow({ count = 300, seed, keep }: BenchOptions): Promise<string> {
  const python = await testPython("ml");
  // Samples train models: of their slices fewer statements are dropped.
  const groups: readonly (readonly [name: string, programs: readonly Program[], drops: number])[] = [
    ["generated", generatedPrograms(count, seed), 3 * count],
    ["written by hand", await writtenPrograms(), 300],
    ["samples", await samplePrograms(), 40],
  ];
  const found: Group[] = [];
  for (const [name, programs, drops] of groups) found.push(await measureGroup(python, name, programs, drops));
  const details = found.flatMap(describeGroup);
  if (keep !== undefined) writeFileSync(join(keep, "dataflow.txt"), `${details.join("\n")}\n`);
  const missed = found.flatMap((group) => group.missed.map(describeMissed));
  return [
    table(
      ["programs", "ran", "statements", "dependences", "missed", "edges", "superfluous", "of them `must`"],
      found.map(edgeRow),
    ),
    "",
    table(["programs", "slices run", "wrong", "not comparable", "statements dropped", "needless"], found.map(sliceRow)),
    ...(missed.length === 0 ? [] : ["", "Missed:", "", ...missed]),
    ...found.flatMap((group) => group.checks.filter(isWrong).map(describeWrong)),
  ].join("\n");
}

interface Group {
  readonly name: string;
  readonly programs: number;
  readonly ran: readonly Ran[];
  readonly failed: readonly { readonly name: string; readonly error: string }[];
  readonly comparisons: readonly Comparison[];
  readonly missed: readonly Candidate[];
  readonly checks: readonly SliceCheck[];
  /** Names whose slices could not be compared. */
  readonly leftOut: readonly string[];
  readonly dropped: number;
  readonly needless: readonly string[];
}

async function measureGroup(python: string, name: string, programs: readonly Program[], drops: number): Promise<Group> {
  const { ran, failed } = await runCorpus(python, programs);
  const comparisons = ran.map(({ dataflow, traced }) => compare(dataflow, traced));
  const candidates = ran.flatMap((one, at) => (comparisons[at]?.missed ?? []).map((missed) => ({ ...one, missed })));
  const { checks, leftOut } = await checkSlices(python, ran);
  const right = checks.filter((check) => !isWrong(check));
  const perSlice = right.reduce((all, { slice }) => all + slice.length, 0) / Math.max(right.length, 1);
  const minimality = await measureMinimality(python, spread(right, Math.max(1, Math.floor(drops / perSlice))));
  return {
    name,
    programs: programs.length,
    ran,
    failed,
    comparisons,
    missed: await confirm(python, candidates),
    checks,
    leftOut,
    dropped: minimality.statements,
    needless: minimality.needless.map(
      ({ check, statement }) => `needless in ${check.program.name} for ${check.name}: ${statement}`,
    ),
  };
}

function isWrong({ expected, found }: SliceCheck): boolean {
  return expected !== found;
}

function edgeRow({ name, programs, ran, comparisons, missed }: Group): readonly string[] {
  const sum = (of: (comparison: Comparison) => number) => comparisons.reduce((all, one) => all + of(one), 0);
  const edges = sum((one) => one.edges.length);
  const superfluous = sum((one) => one.superfluous.length);
  const sure = sum((one) => one.superfluous.filter(({ certainty }) => certainty === "must").length);
  return [
    name,
    `${ran.length} of ${programs}`,
    String(ran.reduce((all, { traced }) => all + traced.length, 0)),
    String(sum((one) => one.real.length)),
    `**${missed.length}**`,
    String(edges),
    `${superfluous} (${share(superfluous, edges)})`,
    `${sure} (${share(sure, edges)})`,
  ];
}

function sliceRow({ name, checks, leftOut, dropped, needless }: Group): readonly string[] {
  return [
    name,
    String(checks.length),
    `**${checks.filter(isWrong).length}**`,
    String(leftOut.length),
    String(dropped),
    `${needless.length} (${share(needless.length, dropped)})`,
  ];
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`;
}

function describeMissed({ program, dataflow, missed }: Candidate): string {
  const { from, to, by } = missed;
  return `- ${program.name}: ${dataflow.statements[to]?.id} needs ${by} from ${dataflow.statements[from]?.id}`;
}

function describeWrong({ program, name, expected, found, error }: SliceCheck): string {
  return `- the slice of ${name} in ${program.name}: ${found ?? error ?? "nothing"} instead of ${expected}`.slice(
    0,
    400,
  );
}

/** What is told of a group in the file that `--keep` asks for. */
function describeGroup(group: Group): readonly string[] {
  return [
    ...group.failed.map(({ name, error }) => `did not run: ${name}: ${error}`),
    ...group.ran.flatMap(({ program }, at) =>
      (group.comparisons[at]?.superfluous ?? []).map(
        ({ from, to, kind, name, certainty }) =>
          `superfluous in ${program.name}: ${from} -> ${to} ${kind} ${name} ${certainty}`,
      ),
    ),
    ...group.leftOut.map((name) => `not comparable: ${name}`),
    ...group.needless,
  ];
}
