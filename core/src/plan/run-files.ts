import type { Access, Statement } from "../dataflow/model.ts";
import type { NotFollowed } from "../inclusion/included-files.ts";
import { type Inclusion, inclusionAt, inclusionsOf, unfollowedIn } from "../inclusion/inclusion.ts";
import type { Command } from "../ipython/translation.ts";
import { LineIndex } from "../text/position.ts";
import { at, type Bench, kept } from "./bench.ts";
import { type Facts, needs, statementFacts } from "./facts.ts";
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
    const known = files.get(inclusion);
    if (known === undefined) files.set(inclusion, [facts]);
    else known.push(facts);
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

/** What a file with names of its own does otherwise than the notebook's own statements would. */
export interface NameFault {
  readonly facts: Facts;
  readonly name: string;
  readonly why: string;
  readonly mend: string;
}

/**
 * `%run` without `-i` gives a file a namespace of its own and copies it to the notebook's: the file does not see the
 * notebook's names, and its functions do not see what the notebook binds later.
 */
export function nameFaults(bench: Bench): readonly NameFault[] {
  return runFiles(bench).flatMap((file) => (file.inclusion.sharesNames ? [] : faultsOf(bench, file)));
}

function faultsOf(bench: Bench, { inclusion: { path, python }, facts, inside }: RunFile): readonly NameFault[] {
  const own = new Set(facts);
  if (inside !== undefined) own.add(inside.whole);
  const bound = new Set<string>();
  const found = new Map<string, NameFault>();
  const again = runFiles(bench).filter(({ inclusion }) => inclusion.path === path);
  for (const each of again.flatMap((file) => file.facts)) own.add(each);
  const strangers = bindersElsewhere(bench, own, inside === undefined ? [] : [inside.besides]);
  const tell = (name: string, at: Facts, why: string) => {
    if (found.has(name)) return;
    const mend = `Run it with %run -i ${path}, which gives it the notebook's names, or import ${path} as a module.`;
    found.set(name, { facts: at, name, why, mend });
  };
  for (const each of facts) {
    for (const name of needs(each)) {
      if (bound.has(name) || !strangers.has(name)) continue;
      tell(
        name,
        each,
        `${path} uses ${name}, which only the notebook binds: %run does not hand the notebook's names over`,
      );
    }
    for (const name of each.binds.keys()) bound.add(name);
  }
  const last = facts.at(-1)?.position ?? 0;
  for (const each of facts) {
    const definitions = bench.dataflow.definitions.filter(
      ({ statement, node }) => statement === each.id && python.start <= node.start && node.start < python.end,
    );
    for (const name of definitions.flatMap(({ freeBinds }) => freeBinds)) {
      tell(name, each, `functions of ${path} bind ${name} anew, which the notebook does not see`);
    }
    for (const name of definitions.flatMap(({ freeReads }) => freeReads)) {
      const later = (strangers.get(name) ?? []).find(
        (other) => other.position > last && !isSameImport(other, facts, name),
      );
      if (later === undefined || !bound.has(name)) continue;
      tell(
        name,
        each,
        `functions of ${path} go on using its own ${name}, although cell ${later.statement.cell} binds that name anew`,
      );
    }
  }
  return [...found.values()];
}

/** Whether a statement only imports again what the file imported by that name. */
function isSameImport(other: Facts, facts: readonly Facts[], name: string): boolean {
  const imported = importedBy(other, name);
  const last = facts.findLast(({ binds }) => binds.has(name));
  return imported !== undefined && last !== undefined && importedBy(last, name) === imported;
}

/** `sklearn.svm.SVC` for the name that `from sklearn.svm import SVC` binds. */
function importedBy({ statement: { node } }: Facts, name: string): string | undefined {
  if (node.type !== "Import" && node.type !== "ImportFrom") return undefined;
  const from = node.type === "ImportFrom" ? `${".".repeat(node.level)}${node.module ?? ""}.` : "";
  const alias = node.names.find((each) => (each.asname?.name ?? each.name.split(".", 1)[0]) === name);
  return alias === undefined ? undefined : `${from}${alias.asname === undefined ? name : alias.name}`;
}

function bindersElsewhere(
  bench: Bench,
  own: ReadonlySet<Facts>,
  besides: readonly Facts[],
): ReadonlyMap<string, readonly Facts[]> {
  const binders = new Map<string, Facts[]>();
  for (const facts of [...kept(bench), ...besides]) {
    if (own.has(facts)) continue;
    for (const name of facts.binds.keys()) {
      const known = binders.get(name);
      if (known === undefined) binders.set(name, [facts]);
      else known.push(facts);
    }
  }
  return binders;
}

function inclusionOf(bench: Bench, { cell, node }: Statement): Inclusion | undefined {
  const translation = bench.cells.get(cell)?.translation;
  return translation && inclusionAt(translation, node.start);
}
