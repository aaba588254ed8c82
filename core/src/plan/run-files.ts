import type { Access, Statement } from "../dataflow/model.ts";
import type { NotFollowed } from "../inclusion/included-files.ts";
import { type Inclusion, inclusionAt, inclusionsOf, unfollowedIn } from "../inclusion/inclusion.ts";
import type { Command } from "../ipython/translation.ts";
import { append } from "../text/append.ts";
import { LineIndex } from "../text/position.ts";
import { at, type Bench, kept } from "./bench.ts";
import { type Facts, statementFacts } from "./facts.ts";
import type { StatementPair } from "./options.ts";

/** The statements of a file that a cell runs (`%run helper.py`), in order. */
export interface RunFile {
  readonly inclusion: Inclusion;
  /** For a file that runs below a condition, in a loop or in `try`: what it does there, as one piece. */
  readonly facts: readonly Facts[];
  /** The statement that it runs in, and what that does besides. */
  readonly inside?: { readonly whole: Facts; readonly besides: Facts };
}

/** The files that the notebook runs, each as often as it is run. */
export function runFiles(bench: Bench): readonly RunFile[] {
  const files = new Map<Inclusion, Facts[]>();
  const inside: RunFile[] = [];
  for (const facts of kept(bench)) {
    const inclusion = inclusionOf(bench, facts.statement);
    if (inclusion === undefined) {
      inside.push(...runInside(bench, facts));
      continue;
    }
    append(files, inclusion, facts);
  }
  return [...[...files].map(([inclusion, facts]) => ({ inclusion, facts })), ...inside];
}

/** The files that run inside of a statement; what they do is what its accesses at that place do. */
function runInside(bench: Bench, whole: Facts): readonly RunFile[] {
  const { statement, position } = whole;
  const cell = bench.cells.get(statement.cell);
  if (cell === undefined) return [];
  const lines = new LineIndex(cell.translation.source);
  const { start, end } = statement.node;
  return inclusionsOf(cell.translation)
    .filter(({ python }) => start < python.start && python.end <= end)
    .map((inclusion) => {
      const at = lines.position(inclusion.command.start);
      const isIn = ({ range }: Access) => range.start.line === at.line && range.start.column === at.column;
      const part = (accesses: readonly Access[]) => statementFacts({ ...statement, accesses }, position);
      return {
        inclusion,
        facts: [part(statement.accesses.filter(isIn))],
        inside: { whole, besides: part(statement.accesses.filter((access) => !isIn(access))) },
      };
    });
}

/** Why the file that a command runs could not be followed, and what to do; `undefined` for any other command. */
export function whyUnfollowed(bench: Bench, { cell }: Statement, { pythonSpan }: Command): NotFollowed | undefined {
  const translation = bench.cells.get(cell)?.translation;
  return translation && unfollowedIn(translation).find(({ python }) => python.start === pythonSpan.start);
}

/** What is only looked at, without what files do that also work: one statement of the notebook runs both. */
export function wholeRuns(bench: Bench, exploration: ReadonlySet<Facts>): ReadonlySet<Facts> {
  const left = new Set(exploration);
  for (const { facts } of runFiles(bench)) {
    const own = facts.filter(({ id }) => !bench.homes.has(id));
    if (own.every((each) => left.has(each))) continue;
    for (const each of own) left.delete(each);
  }
  return left;
}

/** The first and the last step of each file: one statement of the notebook runs them, so nothing can be seen between. */
export function runPairs(bench: Bench): readonly StatementPair[] {
  const work = new Set(at(bench, "work"));
  return runFiles(bench).flatMap(({ facts }) => {
    const own = facts.filter((each) => work.has(each));
    const [first, last] = [own[0], own.at(-1)];
    return first === undefined || last === undefined || first === last ? [] : [[first.id, last.id] as const];
  });
}

/** What a reader has to know of files whose code is in the pipeline. */
export function runNotes(bench: Bench): readonly string[] {
  const cells = Map.groupBy(runFiles(bench), ({ inclusion: { path } }) => path);
  return [...cells].map(([path, runs]) => {
    const where = [...new Set(runs.flatMap(({ facts }) => facts.map(({ statement }) => statement.cell)))];
    const by = where.length === 1 ? `cell ${where[0]} runs` : `cells ${where.join(", ")} run`;
    return `${path}, which ${by}, is part of the pipeline's code: convert again when it changes.`;
  });
}

function inclusionOf(bench: Bench, { cell, node }: Statement): Inclusion | undefined {
  const translation = bench.cells.get(cell)?.translation;
  return translation && inclusionAt(translation, node.start);
}
