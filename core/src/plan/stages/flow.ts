import type * as ast from "../../python/ast.ts";
import type { Bench } from "../bench.ts";
import { laterReads } from "../definitions/later-reads.ts";
import { type Facts, needs } from "../facts.ts";
import { notices } from "../setting-reach.ts";
import { wantedAfter } from "./wanted-names.ts";

/** A stage's statements with what crosses its borders. Stages are named by their place, from 0. */
export interface Flow {
  /** In order; copies of definitions that stay in the stages among them. */
  readonly statements: readonly Facts[];
  /** Where each name that it needs comes from: the stage that made this version of it. */
  readonly inputs: ReadonlyMap<string, number>;
  readonly outputs: ReadonlySet<string>;
  /** What it leaves different from what it found, or may. */
  readonly produced: ReadonlySet<string>;
}

interface Draft {
  readonly statements: Facts[];
  readonly inputs: Map<string, number>;
  readonly outputs: Set<string>;
  readonly produced: Set<string>;
  /** Names that it must be given if it hands them on: bound on some paths only, or changed through another name. */
  readonly passed: Set<string>;
  /** Which stage made the version of each name that it finds. */
  readonly before: ReadonlyMap<string, number>;
}

/**
 * What crosses between stages, by reaching definitions, changes included: a stage that changes a value hands the new
 * version on, and later stages take it from there. Definitions that stay in stages (`local`) are copied into every
 * stage that uses them. `versionsOfLast` says which versions the last stage takes, where these are not the newest.
 */
export function flowBetween(
  bench: Bench,
  stages: readonly (readonly Facts[])[],
  local: ReadonlyMap<string, Facts>,
  versionsOfLast?: ReadonlyMap<string, number>,
): Flow[] {
  const later = noticedFrom(bench, stages);
  const idle = idleDefinitions(bench, stages, local);
  const wanted = wantedAfter(
    bench,
    stages.map((statements) => withCopies(bench, statements, local)),
  );
  const drafts: Draft[] = [];
  let versions: ReadonlyMap<string, number> = new Map();
  for (const [index, statements] of stages.entries()) {
    const isLast = index === stages.length - 1 && versionsOfLast !== undefined;
    // Of what only its copies read, it takes the newest version as well.
    const before = isLast ? new Map([...versions, ...versionsOfLast]) : versions;
    const own = statements.filter((facts) => !idle.has(facts));
    const draft = follow(bench, withCopies(bench, own, local), before);
    drafts.push(draft);
    const last = statements.at(-1);
    const after = new Map(versions);
    for (const name of draft.produced) after.set(name, index);
    for (const { names } of last === undefined ? [] : bench.dataflow.sharingAfter(last.id)) {
      const alive = names.filter((name) => wanted[index]?.has(name));
      for (const name of keptTogether(alive, draft, versions, later[index + 1] ?? new Set())) {
        draft.passed.add(name);
        draft.produced.add(name);
        after.set(name, index);
      }
    }
    for (const name of deletedBy(statements)) after.delete(name);
    versions = after;
  }
  for (const draft of drafts.toReversed()) {
    for (const name of draft.passed) {
      const from = draft.before.get(name);
      if (from !== undefined && draft.outputs.has(name)) draft.inputs.set(name, from);
    }
    for (const [name, from] of draft.inputs) drafts[from]?.outputs.add(name);
  }
  return drafts;
}

/**
 * For each stage, the names whose sharing of objects it or a later one can notice: it changes their values in place, or
 * binds two names of its own to what two of them share.
 */
function noticedFrom(bench: Bench, stages: readonly (readonly Facts[])[]): Set<string>[] {
  const found: Set<string>[] = [];
  let all = new Set<string>();
  for (const [index, statements] of [...stages.entries()].reverse()) {
    all = new Set(all);
    for (const { changes, changesToo } of statements) for (const name of [...changes, ...changesToo]) all.add(name);
    const bound = new Set(statements.flatMap(({ binds }) => [...binds.keys()]));
    const last = statements.at(-1);
    for (const { names } of last === undefined || bound.size < 2 ? [] : bench.dataflow.sharingAfter(last.id)) {
      const given = names.filter((name) => !bound.has(name));
      if (given.length > 1 && names.length - given.length > 1) for (const name of given) all.add(name);
    }
    found[index] = all;
  }
  return found;
}

/** Functions and classes that stand in a stage which does not use them, while others do, which have copies of their own. */
function idleDefinitions(
  bench: Bench,
  stages: readonly (readonly Facts[])[],
  local: ReadonlyMap<string, Facts>,
): ReadonlySet<Facts> {
  const movable = new Set([...bench.localDefinitions].filter(({ statement: { node } }) => doesNothingItself(node)));
  if (movable.size === 0) return movable;
  const used = stages.map((statements) => {
    const working = statements.filter((facts) => !movable.has(facts));
    return new Set(working.length === 0 ? statements : withCopies(bench, working, local));
  });
  return new Set(
    [...movable].filter((facts) => {
      const home = stages.findIndex((statements) => statements.includes(facts));
      return used[home]?.has(facts) === false && used.some((those) => those.has(facts));
    }),
  );
}

/** True for a definition that nobody notices but by its name: no decorator runs, and no code of a class's body. */
function doesNothingItself(node: ast.Stmt): boolean {
  if (node.type === "FunctionDef") return node.decorator_list.length === 0;
  return (
    node.type === "ClassDef" &&
    node.decorator_list.length === 0 &&
    node.bases.length === 0 &&
    node.keywords.length === 0 &&
    node.body.every((part) => isInert(part) || doesNothingItself(part))
  );
}

/** A docstring, `pass`, or a field with a literal. */
function isInert(node: ast.Stmt): boolean {
  if (node.type === "Pass") return true;
  if (node.type === "Expr" || node.type === "Assign") return node.value.type === "Constant";
  return node.type === "AnnAssign" && (node.value === undefined || node.value.type === "Constant");
}

/** Statements with a copy of every definition that stays in the stages and every repeated setting that they need. */
function withCopies(bench: Bench, statements: readonly Facts[], local: ReadonlyMap<string, Facts>): Facts[] {
  if (local.size === 0 && bench.repeatedSettings.size === 0) return [...statements];
  const all = new Set(statements);
  for (const [setting, reach] of bench.repeatedSettings) {
    if (statements.some((each) => each.position > setting.position && notices(each, reach))) all.add(setting);
  }
  const waiting = [...all];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const name of usedNames(bench, next, local)) {
      const definition = reaching(bench, name, next) ?? local.get(name);
      if (definition === undefined || all.has(definition) || definition.position > (statements.at(-1)?.position ?? 0))
        continue;
      all.add(definition);
      waiting.push(definition);
    }
  }
  return [...all].sort((one, other) => one.position - other.position);
}

/** Local definitions that a statement uses: by name, and those that the functions it defines use. */
function usedNames(bench: Bench, facts: Facts, local: ReadonlyMap<string, Facts>): string[] {
  const names = new Set(needs(facts));
  for (const name of laterReads(bench, facts)) names.add(name);
  return [...names].filter((name) => local.has(name));
}

/** The definition that a name stands for where a statement uses it. */
function reaching(bench: Bench, name: string, user: Facts): Facts | undefined {
  return (bench.localBinders.get(name) ?? []).findLast(({ position }) => position < user.position);
}

function follow(bench: Bench, statements: readonly Facts[], before: ReadonlyMap<string, number>): Draft {
  const draft: Draft = {
    statements: [...statements],
    inputs: new Map(),
    outputs: new Set(),
    produced: new Set(),
    passed: new Set(),
    before,
  };
  const bound = new Set<string>();
  const own = new Set(
    statements.filter((each) => bench.localDefinitions.has(each)).flatMap(({ binds }) => [...binds.keys()]),
  );
  const take = (name: string) => {
    const from = before.get(name);
    if (!bound.has(name) && !own.has(name) && from !== undefined) draft.inputs.set(name, from);
  };
  for (const facts of statements) {
    for (const name of needs(facts)) take(name);
    const isLocal = bench.localDefinitions.has(facts);
    if (isLocal) for (const name of laterReads(bench, facts)) take(name);
    for (const [name, certainty] of facts.binds) {
      if (isLocal) continue;
      if (!bound.has(name) && certainty === "may") draft.passed.add(name);
      if (certainty === "must") bound.add(name);
      draft.produced.add(name);
    }
    for (const name of facts.changes) if (bound.has(name) || before.has(name)) draft.produced.add(name);
    for (const name of facts.changesToo) {
      if (!bound.has(name) && !before.has(name)) continue;
      draft.produced.add(name);
      if (!bound.has(name)) draft.passed.add(name);
    }
    for (const name of facts.deletes) {
      bound.delete(name);
      draft.produced.delete(name);
    }
  }
  return draft;
}

/**
 * Of names that share an object at the end of a stage, those that it has not made itself: if it made one of them and a
 * later stage changes the object, all go through this stage, so that they are still one object afterwards.
 */
function keptTogether(
  names: readonly string[],
  { produced }: Draft,
  before: ReadonlyMap<string, number>,
  changedLater: ReadonlySet<string>,
): readonly string[] {
  if (!names.some((name) => produced.has(name)) || !names.some((name) => changedLater.has(name))) return [];
  return names.filter((name) => !produced.has(name) && before.has(name));
}

function deletedBy(statements: readonly Facts[]): Set<string> {
  const deleted = new Set<string>();
  for (const { binds, deletes } of statements) {
    for (const name of deletes) deleted.add(name);
    for (const name of binds.keys()) if (!deletes.has(name)) deleted.delete(name);
  }
  return deleted;
}
