import type { RandomUse, StatementId } from "../../dataflow/model.ts";
import { append } from "../../text/append.ts";
import { at, type Bench, bindersOf, importedNames, open } from "../bench.ts";
import { wishedWork } from "../edited/wish.ts";
import { type Facts, needs } from "../facts.ts";
import { cellsByFigure } from "./figure-cells.ts";
import { filePairs } from "./file-order.ts";
import {
  couldBeExploration,
  drawingNames,
  looksAt,
  onlyComputes,
  touchesFigure,
  writesFigure,
} from "./showing-statements.ts";

/** What only shows values, less what a person wants in a stage of the work, and what that needs. */
export function wishedExploration(bench: Bench): ReadonlySet<Facts> {
  const found = findExploration(bench);
  const work = wishedWork(bench.wish);
  if (work.size === 0) return found;
  const left = new Set([...found].filter(({ id }) => !work.has(id)));
  const taken = new Set([...found].filter(({ id }) => work.has(id)).map(({ id }) => id));
  // An edge leads forward: going back once is enough.
  const pairs = [...bench.dataflow.edges, ...filePairs(bench.dataflow)];
  pairs.sort((one, other) => position(bench, other.from) - position(bench, one.from));
  for (const { from, to } of pairs) {
    const facts = bench.factsById.get(from);
    if (facts === undefined || !left.has(facts) || !taken.has(to)) continue;
    left.delete(facts);
    taken.add(from);
  }
  return left;
}

function position(bench: Bench, id: StatementId): number {
  return bench.factsById.get(id)?.position ?? 0;
}

/**
 * Finds what only shows values: prints, bare expressions, plots, and what is computed for those alone. It changes
 * nothing that the work reads, draws from no random stream and uses no file before the work does.
 */
function findExploration(bench: Bench): ReadonlySet<Facts> {
  const drawn = namesMadeBy(open(bench).filter(({ statement }) => statement.calls.some(({ role }) => role === "plot")));
  const candidates = new Set(open(bench).filter((facts) => couldBeExploration(bench, facts, drawn)));
  const binders = bindersOf(bench);
  const isOnlyImported = (name: string) => binders.get(name)?.every(({ id }) => bench.homes.get(id) === "import");
  const imported = new Set([...importedNames(bench)].filter(isOnlyImported));
  const drawing = new Set(bench.dataflow.randomness.filter(drawsFromStream).map(({ statement }) => statement));
  for (const { statement, use } of bench.dataflow.files) {
    const facts = bench.factsById.get(statement);
    if (facts && use !== "read" && !writesFigure(facts.statement)) candidates.delete(facts);
  }
  for (const facts of [...candidates]) if (drawing.has(facts.id)) candidates.delete(facts);
  const drawingModules = drawingNames(bench);
  const onFigures = open(bench).filter((facts) => touchesFigure(facts, drawingModules));
  const figureOf = cellsByFigure(bench);
  const rebound = rebindings(bench);
  const pairs = filePairs(bench.dataflow);
  for (const facts of madeForShowing(bench, candidates, drawing, rebound)) candidates.add(facts);
  for (let changed = true; changed; ) {
    changed = false;
    const made = namesMadeBy(candidates);
    const users = readersOfNames(bench, made);
    for (const facts of candidates) {
      if (!isIndependent(facts, candidates, users, rebound, imported, made)) {
        candidates.delete(facts);
        changed = true;
      }
    }
    // Its files are read, or what it reads is written, by what runs before the report.
    for (const { from, to } of pairs) {
      const [first, then] = [bench.factsById.get(from), bench.factsById.get(to)];
      if (first === undefined || then === undefined || candidates.has(then)) continue;
      if (candidates.delete(first)) changed = true;
    }
    // What a cell draws, titles and shows is one figure.
    for (const onFigure of Map.groupBy(onFigures, ({ statement }) => figureOf(statement.cell)).values()) {
      if (onFigure.every((facts) => candidates.has(facts))) continue;
      for (const facts of onFigure) if (candidates.delete(facts)) changed = true;
    }
  }
  return candidates;
}

/** Other draws notice it; those of a stream of its own (a word cloud's places) nobody else has. */
function drawsFromStream({ seeded, stream }: RandomUse): boolean {
  return !seeded && stream !== "own";
}

/**
 * What is computed only to be drawn or looked at: `corr = df.corr()` for a heat map. What is only printed is no such
 * thing: it may be what the notebook is for.
 */
function madeForShowing(
  bench: Bench,
  shown: ReadonlySet<Facts>,
  drawing: ReadonlySet<StatementId>,
  rebound: Rebindings,
): ReadonlySet<Facts> {
  const all = open(bench);
  const users = readersOfNames(
    bench,
    new Set(all.flatMap(({ binds, changes, changesToo }) => [...binds.keys(), ...changes, ...changesToo])),
  );
  const withFiles = new Set(bench.dataflow.files.map(({ statement }) => statement));
  const found = new Set<Facts>();
  const looking = new Set([...shown].filter(looksAt));
  for (const facts of all.toReversed()) {
    if (shown.has(facts) || drawing.has(facts.id) || withFiles.has(facts.id) || !onlyComputes(facts)) continue;
    const made = [...new Set([...facts.binds.keys(), ...facts.changes, ...facts.changesToo])];
    // What leaves nothing that is known here may leave something that is not.
    if (made.length === 0) continue;
    const later = made.map((name) => readersOfVersion(name, facts, users, rebound));
    if (!later.flat().every((user) => shown.has(user) || found.has(user))) continue;
    if (!later.every((those) => those.some((user) => looking.has(user)))) continue;
    found.add(facts);
    looking.add(facts);
  }
  return found;
}

function namesMadeBy(candidates: Iterable<Facts>): Set<string> {
  return new Set([...candidates].flatMap(({ binds }) => [...binds.keys()]));
}

/**
 * Who needs these names, in order. Who changes one through another name (a frame that a figure holds) counts only where
 * somebody needs it afterwards.
 */
function readersOfNames(bench: Bench, names: ReadonlySet<string>): ReadonlyMap<string, readonly Facts[]> {
  const readers = new Map<string, Facts[]>();
  const asked = new Set([...open(bench), ...at(bench, "repeated-setting")]);
  for (const facts of bench.facts.toReversed()) {
    if (!asked.has(facts)) continue;
    const changed = [...facts.changesToo].filter((name) => readers.has(name));
    for (const name of new Set([...needs(facts), ...changed])) {
      if (!names.has(name)) continue;
      append(readers, name, facts);
    }
  }
  for (const found of readers.values()) found.reverse();
  return readers;
}

/** Where each name is surely bound anew, in order. */
type Rebindings = ReadonlyMap<string, readonly number[]>;

function rebindings(bench: Bench): Rebindings {
  const found = new Map<string, number[]>();
  for (const { binds, position } of open(bench)) {
    for (const [name, certainty] of binds) if (certainty === "must") append(found, name, position);
  }
  return found;
}

/** Who needs what a statement leaves in a name: nobody after the next that binds the name anew. */
function readersOfVersion(
  name: string,
  { position }: Facts,
  users: ReadonlyMap<string, readonly Facts[]>,
  rebound: Rebindings,
): readonly Facts[] {
  const end = rebound.get(name)?.find((each) => each > position) ?? Number.POSITIVE_INFINITY;
  return (users.get(name) ?? []).filter((user) => user.position > position && user.position <= end);
}

function isIndependent(
  facts: Facts,
  candidates: ReadonlySet<Facts>,
  users: ReadonlyMap<string, readonly Facts[]>,
  rebound: Rebindings,
  imported: ReadonlySet<string>,
  made: ReadonlySet<string>,
): boolean {
  for (const name of facts.binds.keys()) {
    if (readersOfVersion(name, facts, users, rebound).some((user) => !candidates.has(user))) return false;
  }
  const changed = [...facts.changes, ...facts.changesToo].filter((name) => !facts.binds.has(name));
  return changed.every((name) => imported.has(name) || (made.has(name) && onlyShown(name, facts, candidates, users)));
}

/** Nothing that works reads the name after this statement, so that its change is not missed. */
function onlyShown(
  name: string,
  facts: Facts,
  candidates: ReadonlySet<Facts>,
  users: ReadonlyMap<string, readonly Facts[]>,
): boolean {
  return (users.get(name) ?? []).every((user) => user.position <= facts.position || candidates.has(user));
}
