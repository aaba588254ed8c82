import type { StatementId } from "../dataflow/model.ts";
import type { Analysis } from "../rules/analysis.ts";
import { type Facts, factsOf, needs } from "./facts.ts";
import type { PipelinePlan, Stage } from "./plan.ts";
import { isDefinition } from "./statement-kinds.ts";

/**
 * What is wrong with a plan for this notebook, as sentences: statements that stand nowhere or twice, values that a
 * stage reads and nobody gives it, inputs from stages that do not run before it. Empty for a plan that can work.
 */
export function planFaults(plan: PipelinePlan, analysis: Analysis): readonly string[] {
  const { document, recorded } = analysis;
  const follows = recorded !== undefined && recorded.order.join() === plan.order.cells.join();
  const dataflow = follows ? recorded : document;
  const facts = new Map(factsOf(dataflow).map((each) => [each.id, each]));
  const faults: string[] = [];
  const known = new Set(document.statements.map(({ id }) => id));
  checkPlaces(plan, facts, known, faults);
  checkNames(plan, faults);
  if (faults.length > 0) return faults;
  const lazily = new Map(dataflow.definitions.map((each) => [each.statement, each.freeReads]));
  const hidden = Map.groupBy(
    dataflow.edges.filter(({ why }) => why !== undefined),
    ({ to }) => to,
  );
  const unbound = (id: StatementId) =>
    new Set([
      ...dataflow.undefinedReads(id).map(({ place }) => place.name),
      ...(hidden.get(id) ?? []).map(({ name }) => name),
    ]);
  for (const [index, stage] of plan.stages.entries())
    checkStage(plan, index, stage, { facts, lazily, unbound }, faults);
  return faults;
}

/** Every statement has exactly one place; definitions that stay in stages may have one in each. */
function checkPlaces(
  plan: PipelinePlan,
  facts: ReadonlyMap<StatementId, Facts>,
  known: ReadonlySet<StatementId>,
  faults: string[],
): void {
  const places = new Map<StatementId, string[]>();
  const put = (ids: readonly StatementId[], place: string) => {
    for (const id of ids) {
      if (!facts.has(id) && !(place === "leftOut" && known.has(id)))
        faults.push(`${place} names statement ${id}, which the notebook does not have`);
      places.set(id, [...(places.get(id) ?? []), place]);
    }
  };
  for (const stage of plan.stages) put(stage.statements, `stage ${stage.name}`);
  for (const module of plan.modules) put(module.statements, `module ${module.name}`);
  put(plan.settings, "settings");
  put(plan.imports, "imports");
  put(
    plan.leftOut.map(({ statement }) => statement),
    "leftOut",
  );
  put(
    plan.parameters.flatMap(({ replaces }) => (replaces === undefined ? [] : [replaces])),
    "parameters",
  );
  for (const [id, { statement }] of facts) {
    const found = places.get(id) ?? [];
    const isCopy =
      isDefinition(statement.node) ||
      ("value" in statement.node && (statement.node.value as { type?: string } | undefined)?.type === "Lambda");
    if (found.length === 0) faults.push(`statement ${id} stands nowhere: put it into a stage or into leftOut`);
    if (found.length > 1 && !isCopy) faults.push(`statement ${id} stands in ${found.join(" and in ")}`);
  }
}

function checkNames(plan: PipelinePlan, faults: string[]): void {
  const seen = new Set<string>();
  for (const { name } of plan.stages) {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
      faults.push(`stage ${JSON.stringify(name)} has no name that Python allows`);
    if (seen.has(name)) faults.push(`two stages are called ${name}`);
    seen.add(name);
  }
  const parameters = new Set<string>();
  for (const { name } of plan.parameters) {
    if (parameters.has(name)) faults.push(`two parameters are called ${name}`);
    parameters.add(name);
  }
}

/** What the notebook says, for looking up. */
interface Known {
  readonly facts: ReadonlyMap<StatementId, Facts>;
  /** What the body of a definition reads when it is called. */
  readonly lazily: ReadonlyMap<StatementId, readonly string[]>;
  /** Names that a statement reads although nothing binds them before it that can be seen: in a `try`, after an `exec`. */
  readonly unbound: (id: StatementId) => ReadonlySet<string>;
}

function checkStage(
  plan: PipelinePlan,
  index: number,
  stage: Stage,
  { facts, lazily, unbound }: Known,
  faults: string[],
): void {
  const earlier = new Map(plan.stages.slice(0, index).map((each) => [each.name, each]));
  for (const { name, from } of stage.inputs) {
    const maker = earlier.get(from);
    if (maker === undefined)
      faults.push(`stage ${stage.name} takes ${name} from ${from}, which does not run before it`);
    else if (!maker.outputs.includes(name))
      faults.push(`stage ${stage.name} takes ${name} from ${from}, which does not hand it on`);
  }
  const made = madeInStages(plan, facts);
  const deleted = new Set([...facts.values()].flatMap(({ deletes }) => [...deletes]));
  const given = new Set(stage.inputs.map(({ name }) => name));
  const own = new Set<string>();
  for (const id of stage.statements) for (const name of facts.get(id)?.binds.keys() ?? []) own.add(name);
  const bound = new Set<string>();
  for (const id of stage.statements) {
    const each = facts.get(id);
    if (each === undefined) continue;
    const wanted = new Set(needs(each));
    const isDefined = isDefinition(each.statement.node);
    for (const name of wanted) {
      if (bound.has(name) || given.has(name) || !made.has(name) || unbound(id).has(name)) continue;
      const first = made.get(name) as number;
      if (first < each.position)
        faults.push(`stage ${stage.name} reads ${name} in statement ${id}, and nothing gives it`);
    }
    if (isDefined) {
      for (const name of lazily.get(id) ?? []) {
        const first = made.get(name);
        if (first === undefined || own.has(name) || given.has(name) || first > each.position || deleted.has(name))
          continue;
        faults.push(`stage ${stage.name} defines what reads ${name} (statement ${id}), and nothing gives it`);
      }
    }
    for (const name of each.binds.keys()) bound.add(name);
  }
  for (const name of stage.outputs) {
    if (!own.has(name) && !given.has(name))
      faults.push(`stage ${stage.name} hands on ${name}, which it neither makes nor is given`);
  }
}

/** Names that statements of stages bind, with the first position where they do. */
function madeInStages(plan: PipelinePlan, facts: ReadonlyMap<StatementId, Facts>): ReadonlyMap<string, number> {
  const made = new Map<string, number>();
  for (const { statements } of plan.stages) {
    for (const id of statements) {
      const each = facts.get(id);
      for (const name of each?.binds.keys() ?? [])
        made.set(name, Math.min(made.get(name) ?? Infinity, each?.position ?? 0));
    }
  }
  return made;
}
