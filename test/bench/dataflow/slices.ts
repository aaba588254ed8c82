import type { Dataflow, StatementId } from "../../../core/src/dataflow/model.ts";
import { sliceFor, sliceOf } from "../../../core/src/dataflow/slice.ts";
import type { Dependence } from "./compare.ts";
import type { Program } from "./generate.ts";
import { runAll, type SliceJob, type SliceResult, type TracedStatement } from "./traced.ts";

/** A program with its dataflow, whose statements are in the same order. */
export interface Analysed {
  readonly program: Program;
  readonly dataflow: Dataflow;
}

/** A dependence that the analysis has not, with the program that has it. */
export interface Candidate extends Analysed {
  readonly missed: Dependence;
  readonly traced: readonly TracedStatement[];
}

/** Names that hold values after the program, as far as the analysis knows them. */
export function valuesAtTheEnd(dataflow: Dataflow): readonly string[] {
  const last = dataflow.statements.at(-1)?.id;
  if (last === undefined) return [];
  const opaque = /^(types\.ModuleType|builtins\.(type|function)$|matplotlib\.)/;
  return [...dataflow.valuesAfter(last)].filter(([, { type }]) => !opaque.test(type ?? "")).map(([name]) => name);
}

/**
 * Which of the dependences that the analysis has not matter: with what the analysis takes a statement to need, and
 * nothing else, it does not do what it does in the notebook. Values that differ from run to run tell nothing.
 */
export async function confirm(python: string, candidates: readonly Candidate[]): Promise<readonly Candidate[]> {
  const jobs = candidates.flatMap(({ program, dataflow, traced, missed }): SliceJob[] => {
    const { binds, changes } = traced[missed.to] as TracedStatement;
    const id = dataflow.statements[missed.to]?.id as StatementId;
    const before = dataflow.statements.slice(0, missed.to + 1).map((one) => one.id);
    const names = [...binds, ...changes];
    return [before, before, sliceOf(dataflow, [id])].map((ids) => ({
      ...jobOf({ program, dataflow }, ids, names),
      printed: true,
    }));
  });
  const results = await runAll(python, jobs);
  return candidates.filter((candidate, at) => {
    const { binds } = candidate.traced[candidate.missed.to] as TracedStatement;
    const [once, again, part] = results.slice(3 * at, 3 * at + 3) as [SliceResult, SliceResult, SliceResult];
    return !isSame(steadyOf(once, again), part, binds);
  });
}

/** What a program gives each time. */
function steadyOf(once: SliceResult, again: SliceResult): SliceResult {
  return Object.fromEntries(Object.entries(once).filter(([name, text]) => again[name] === text));
}

/** Whether a part of the program did what the whole did: all that must be there is, and whatever is there is equal. */
function isSame(whole: SliceResult, part: SliceResult, must: readonly string[]): boolean {
  if (whole.error !== undefined) return true;
  if (part.error !== undefined) return false;
  return Object.entries(whole).every(([name, text]) =>
    part[name] === undefined ? !must.includes(name) : part[name] === text,
  );
}

/** What the slice of a name computed, beside what the program computed. */
export interface SliceCheck extends Analysed {
  readonly name: string;
  readonly slice: readonly StatementId[];
  readonly expected: string;
  readonly found: string | undefined;
  readonly error: string | undefined;
}

export interface SliceChecks {
  readonly checks: readonly SliceCheck[];
  /** Names whose value differs from run to run, or is nothing that can be compared, with their program. */
  readonly leftOut: readonly string[];
}

/** Runs the slice of every name alone. */
export async function checkSlices(python: string, programs: readonly Analysed[]): Promise<SliceChecks> {
  const plans = programs.flatMap((analysed) => {
    const names = valuesAtTheEnd(analysed.dataflow);
    const slices = names.map((name) => sliceFor(analysed.dataflow, name));
    const all = analysed.dataflow.statements.map(({ id }) => id);
    return [{ analysed, names, slices, jobs: [0, 1].map((start) => ({ ...jobOf(analysed, all, names), start })) }];
  });
  const jobs = plans.flatMap(({ analysed, names, slices, jobs }) => [
    ...jobs,
    ...slices.map((ids, at) => jobOf(analysed, ids, [names[at] as string])),
  ]);
  const results = [...(await runAll(python, jobs))];
  const checks: SliceCheck[] = [];
  const leftOut: string[] = [];
  for (const { analysed, names, slices } of plans) {
    const [once, again, ...parts] = results.splice(0, 2 + names.length) as SliceResult[];
    for (const [at, name] of names.entries()) {
      const expected = once?.[name];
      if (expected === undefined || expected !== again?.[name]) {
        leftOut.push(
          `${name} in ${analysed.program.name}${once?.error === undefined ? "" : `, which ends with ${once.error}`}`,
        );
        continue;
      }
      const part = parts[at] as SliceResult;
      const slice = slices[at] as readonly StatementId[];
      checks.push({ ...analysed, name, slice, expected, found: part[name], error: part.error });
    }
  }
  return { checks, leftOut };
}

export interface Minimality {
  readonly statements: number;
  /** Statements without which the slice gives the same value. */
  readonly needless: readonly { readonly check: SliceCheck; readonly statement: StatementId }[];
}

/** Drops each statement of each slice in turn, and counts those without which the value is the same. */
export async function measureMinimality(python: string, checks: readonly SliceCheck[]): Promise<Minimality> {
  const drops = checks.flatMap((check) => check.slice.map((statement) => ({ check, statement })));
  const results = await runAll(
    python,
    drops.map(({ check, statement }) =>
      jobOf(
        check,
        check.slice.filter((id) => id !== statement),
        [check.name],
      ),
    ),
  );
  const needless = drops.filter(({ check }, at) => results[at]?.[check.name] === check.expected);
  return { statements: drops.length, needless };
}

/** At most so many, spread evenly. */
export function spread<T>(values: readonly T[], most: number): readonly T[] {
  const step = Math.ceil(values.length / most);
  return values.filter((_, at) => at % Math.max(step, 1) === 0);
}

function jobOf({ program, dataflow }: Analysed, ids: readonly StatementId[], names: readonly string[]): SliceJob {
  const wanted = new Set(ids);
  const byCell = Map.groupBy(
    dataflow.statements.filter(({ id }) => wanted.has(id)),
    ({ cell }) => cell,
  );
  const cells = [...byCell].map(([cell, statements]) => {
    const python = dataflow.cells.find((one) => one.cell.index === cell)?.translation.python ?? "";
    return statements.map(({ node }) => python.slice(node.start, node.end));
  });
  return { cells, names, ...(program.data === undefined ? {} : { data: program.data }) };
}
