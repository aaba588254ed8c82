import type { NotebookDefinition } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { type Definition, isDefinition } from "../../python/definition.ts";
import { globalNames } from "../../python/scopes.ts";
import { type Bench, bindersOf, importedNames, kept, open } from "../bench.ts";
import { type Facts, needs } from "../facts.ts";
import type { Constant } from "../parameters/constants.ts";
import { assignedName } from "../statement-kinds.ts";
import { functionTables } from "./function-tables.ts";
import { type FunctionUse, functionUses } from "./name-uses.ts";
import { reboundImports } from "./rebound-imports.ts";
import { typeNames } from "./type-names.ts";

/** A function, class or the like that moves to a module of its own. */
export interface ModuleDefinition {
  readonly name: string;
  readonly facts: Facts;
  /** Globals that become its parameters. */
  readonly lifted: readonly string[];
}

export interface PlacedDefinitions {
  readonly inModule: readonly ModuleDefinition[];
  /** Names of constants that must stand in the module, because a class or a default reads them. */
  readonly pinned: ReadonlySet<string>;
  /** Statements of definitions that stay in the stages, by the names that they define. */
  readonly local: ReadonlyMap<string, Facts>;
}

interface Candidate {
  readonly name: string;
  readonly facts: Facts;
  readonly node: ast.Stmt;
  /** Names that it needs where it stands: defaults, bases, decorators. */
  readonly atOnce: ReadonlySet<string>;
  /** Globals that its body uses when it is called. */
  readonly later: ReadonlySet<string>;
  readonly canLift: boolean;
  readonly mustStay: string | undefined;
}

/**
 * Calls that make what every process finds again by its name: a class, which loading an instance asks for, or the logger
 * that there is one of.
 */
const makers =
  /^(collections\.namedtuple|typing\.(NamedTuple|TypedDict|TypeVar|NewType)|enum\.\w*(Enum|Flag)|dataclasses\.make_dataclass|logging\.getLogger)$/;

/**
 * Decides which definitions move to a module (they can then be tested, imported and pickled), which globals they are
 * given as parameters there, and which must stay in the stages: those that bind globals, that are defined more than
 * once, whose defaults were computed, that are handed on as values while they read computed globals.
 */
export function placeDefinitions(
  bench: Bench,
  constants: readonly Constant[],
  parameters: ReadonlySet<string>,
): PlacedDefinitions {
  const candidates = withCallees(findCandidates(bench));
  const defined = candidates.map(({ facts }) => facts);
  const imported = importedNames(bench).difference(reboundImports(bench, defined));
  const binders = bindersOf(bench);
  const constantNames = new Set(constants.map(({ name }) => name));
  const tagged = new Set(constants.filter(({ isTagged }) => isTagged).map(({ name }) => name));
  const isFixed = (name: string) => constantNames.has(name) && !parameters.has(name);
  const inModule = new Map(
    candidates.filter(({ mustStay }) => mustStay === undefined).map((each) => [each.name, each]),
  );
  const pinned = new Set<string>();
  const isComputed = (name: string) => binders.has(name) && !imported.has(name) && !inModule.has(name);
  const fits = (each: Candidate): boolean => {
    const now = [...each.atOnce].filter(isComputed);
    const then = [...each.later].filter((name) => isComputed(name) && name !== each.name);
    const fixed = each.canLift ? now : [...now, ...then];
    if (!fixed.every((name) => constantNames.has(name) && !tagged.has(name))) return false;
    for (const name of [...fixed, ...then.filter(isFixed)]) pinned.add(name);
    return true;
  };
  for (let changed = true; changed; ) {
    changed = false;
    pinned.clear();
    for (const [name, each] of inModule) {
      if (fits(each)) continue;
      inModule.delete(name);
      changed = true;
    }
  }
  const moved = [...inModule.values()].map((each) => ({
    name: each.name,
    facts: each.facts,
    lifted: each.canLift
      ? [...each.later].filter((name) => isComputed(name) && !pinned.has(name) && !isFixed(name)).sort()
      : [],
  }));
  for (const { facts } of moved) bench.homes.set(facts.id, "definition");
  const staying = candidates.filter(({ facts }) => bench.homes.get(facts.id) !== "definition");
  for (const { name, facts } of staying) {
    bench.localDefinitions.add(facts);
    bench.localBinders.set(name, [...(bench.localBinders.get(name) ?? []), facts]);
  }
  const local = new Map(staying.map(({ name, facts }) => [name, facts]));
  for (const each of candidates) {
    if (each.mustStay !== undefined)
      bench.notes.push(`${each.name} stays in the stages that use it: ${each.mustStay}.`);
    else if (!inModule.has(each.name)) {
      bench.notes.push(`${each.name} stays in the stages that use it: it needs values that the notebook computes.`);
    }
  }
  return { inModule: moved, pinned, local };
}

function findCandidates(bench: Bench): Candidate[] {
  const binders = bindersOf(bench);
  const known = new Map(bench.dataflow.definitions.map((each) => [each.statement, each]));
  const all = kept(bench);
  const fixed = new Set([...typeNames(bench), ...functionTables(bench)]);
  const touched = new Set(all.flatMap(({ deletes }) => [...deletes]));
  const defined = open(bench).flatMap((facts) => definedName(facts, fixed) ?? []);
  const uses = functionUses(all, new Set(defined));
  const inTexts = new Map(all.map((facts) => [facts, bench.namesInTexts.of(facts.statement)]));
  // Code in a text cannot be rewritten: what it calls must take what it took in the notebook.
  for (const names of inTexts.values()) for (const name of names) markAsValue(uses.get(name));
  return open(bench).flatMap((facts) => {
    const name = definedName(facts, fixed);
    // A name that holds a definition at one time and another value at another is a variable like others.
    if (name === undefined || binders.get(name)?.some((binder) => definedName(binder, fixed) !== name)) return [];
    const definition = isDefinition(facts.statement.node) ? facts.statement.node : undefined;
    const isRepeated = binders.get(name)?.length !== 1 || touched.has(name);
    const inText = inTexts.get(facts) ?? [];
    return [candidate(facts, name, known.get(facts.id), inText, definition, uses.get(name), isRepeated)];
  });
}

function markAsValue(use: FunctionUse | undefined): void {
  if (use !== undefined) use.isUsedAsValue = true;
}

/** Adds to what each uses what the definitions use that it names, and so on. */
function withCallees(candidates: readonly Candidate[]): readonly Candidate[] {
  const byName = Map.groupBy(candidates, ({ name }) => name);
  return candidates.map((each) => {
    const later = new Set(each.later);
    for (const name of later)
      for (const callee of byName.get(name) ?? []) for (const used of callee.later) later.add(used);
    return { ...each, later };
  });
}

/** The name that a definition, a lambda with a name, a made class, a logger or one of `fixed` (types, tables) binds. */
function definedName(facts: Facts, fixed: ReadonlySet<string>): string | undefined {
  const { node } = facts.statement;
  if (isDefinition(node)) return node.name.name;
  const assigned = assignedName(node);
  if (assigned === undefined) return undefined;
  const name = assigned.target.id;
  return assigned.value.type === "Lambda" || isMade(facts, assigned.value) || fixed.has(name) ? name : undefined;
}

function isMade({ statement: { calls } }: Facts, { start, end }: ast.Expr): boolean {
  const making = calls.find(({ node }) => node.start === start && node.end === end);
  return making?.callee !== undefined && makers.test(making.callee);
}

function candidate(
  facts: Facts,
  name: string,
  known: NotebookDefinition | undefined,
  inTexts: Iterable<string>,
  node: Definition | undefined,
  use: FunctionUse | undefined,
  isRepeated: boolean,
): Candidate {
  const atOnce = needs(facts);
  // By its own code, not by all that is read while it runs: what a function reads that it is handed is its maker's.
  const later = new Set([...globalNames(facts.statement.node), ...inTexts]);
  for (const own of [...facts.binds.keys()]) later.delete(own);
  const isFunction = node !== undefined && node.type !== "ClassDef";
  const usedAsValue = isFunction && use?.isUsedAsValue === true;
  const isWrapped = isFunction && node.decorator_list.length > 0;
  return {
    name,
    facts,
    node: facts.statement.node,
    atOnce,
    later,
    canLift: isFunction && !usedAsValue && !isWrapped,
    mustStay: reasonToStay(known, isRepeated),
  };
}

function reasonToStay(known: NotebookDefinition | undefined, isRepeated: boolean): string | undefined {
  if (isRepeated) return "its name is bound more than once";
  if (known?.opaque) return "it runs code that the analysis cannot follow";
  if (known !== undefined && known.freeBinds.length > 0) return `it binds the global ${known.freeBinds.join(", ")}`;
  return undefined;
}
