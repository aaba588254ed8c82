import type { AnalysedCell, Dataflow, NotebookDefinition, StatementId } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import type { Analysis } from "../rules/analysis.ts";
import { append } from "../text/append.ts";
import { NamesInTexts } from "./definitions/names-in-texts.ts";
import type { PlanWish } from "./edited/wish.ts";
import { type Facts, factsOf } from "./facts.ts";
import type { PlanOptions, StatementPair } from "./options.ts";
import type { SettingReach } from "./setting-reach.ts";

/**
 * Where a statement goes. `work` and `exploration` are what stages are made of; a `repeated-setting` stands in each
 * stage that has to notice it.
 */
export type Home =
  | "import"
  | "setting"
  | "repeated-setting"
  | "definition"
  | "constant"
  | "parameter"
  | "exploration"
  | "left-out"
  | "work";

/** A lambda, and the name that it reads which keeps it from being a function of a module; absent where it can be one. */
export interface KnownLambda {
  readonly facts: Facts;
  readonly needs?: string;
}

/** What the steps of planning share: each step decides about some statements and leaves the others. */
export interface Bench {
  readonly analysis: Analysis;
  readonly dataflow: Dataflow;
  /** In the order of the pipeline. */
  readonly facts: readonly Facts[];
  readonly factsById: ReadonlyMap<StatementId, Facts>;
  readonly cells: ReadonlyMap<number, AnalysedCell>;
  readonly definitionsById: ReadonlyMap<StatementId, NotebookDefinition>;
  /** Definitions that stay in the stages, and for each of their names those that define it, in order. */
  readonly localDefinitions: Set<Facts>;
  readonly localBinders: Map<string, Facts[]>;
  /** Settings that come after something that they must not touch, and what can notice each. */
  readonly repeatedSettings: Map<Facts, SettingReach>;
  /** Settings that cannot be repeated, and what can notice each. */
  readonly boundSettings: Map<Facts, SettingReach>;
  /** What is known of each lambda of the notebook, and those that saved values turned out to hold. */
  readonly lambdas: Map<ast.Lambda, KnownLambda>;
  readonly savedLambdas: Set<ast.Lambda>;
  readonly namesInTexts: NamesInTexts;
  readonly homes: Map<StatementId, Home>;
  readonly notes: string[];
  /** Statements that a proof found not to bear being parted. */
  readonly together: readonly StatementPair[];
  /** What a person wants of the stages. */
  readonly wish: PlanWish | undefined;
  /** What of that cannot be, and why. */
  readonly unfulfilled: string[];
}

/** The beginning of planning: no statement has a home yet. */
export function openBench(
  analysis: Analysis,
  dataflow: Dataflow,
  { together = [], wish }: Pick<PlanOptions, "together" | "wish"> = {},
): Bench {
  const facts = factsOf(dataflow);
  return {
    analysis,
    dataflow,
    facts,
    factsById: new Map(facts.map((each) => [each.id, each])),
    cells: new Map(dataflow.cells.map((cell) => [cell.cell.index, cell])),
    definitionsById: new Map(dataflow.definitions.map((each) => [each.statement, each])),
    localDefinitions: new Set(),
    localBinders: new Map(),
    repeatedSettings: new Map(),
    boundSettings: new Map(),
    lambdas: new Map(),
    savedLambdas: new Set(),
    namesInTexts: new NamesInTexts(dataflow),
    homes: new Map(),
    notes: [],
    together,
    wish,
    unfulfilled: [],
  };
}

/** Tells why stages are not what they could be: to whoever reads the plan, and to whoever wished them so. */
export function tell(bench: Bench, why: string): void {
  bench.notes.push(why);
  bench.unfulfilled.push(why);
}

/** Statements of a home, in order; those that no step has decided about count as `work`. */
export function at(bench: Bench, ...homes: readonly Home[]): readonly Facts[] {
  return bench.facts.filter(({ id }) => homes.includes(bench.homes.get(id) ?? "work"));
}

/** Statements that are still to be placed: neither left out nor placed by an earlier step. */
export function open(bench: Bench): readonly Facts[] {
  return bench.facts.filter(({ id }) => !bench.homes.has(id));
}

/** Everything that stays in the pipeline. */
export function kept(bench: Bench): readonly Facts[] {
  return bench.facts.filter(({ id }) => bench.homes.get(id) !== "left-out");
}

/** The names that the notebook's imports bind. */
export function importedNames(bench: Bench): ReadonlySet<string> {
  return new Set(at(bench, "import").flatMap(({ binds }) => [...binds.keys()]));
}

/** Every statement that binds a name, in order, whatever its home; what is left out does not count. */
export function bindersOf(bench: Bench): ReadonlyMap<string, readonly Facts[]> {
  const binders = new Map<string, Facts[]>();
  for (const facts of kept(bench)) {
    for (const name of facts.binds.keys()) {
      append(binders, name, facts);
    }
  }
  return binders;
}
