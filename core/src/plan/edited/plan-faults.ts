import type { Statement, StatementId } from "../../dataflow/model.ts";
import type { Analysis } from "../../rules/analysis.ts";
import { type Facts, factsOf, needs } from "../facts.ts";
import type { PipelinePlan, Stage } from "../plan.ts";
import { settingSubject } from "../settings.ts";
import { isDefinition } from "../statement-kinds.ts";
import { versionFaults } from "./version-faults.ts";

/** Something in a plan that cannot be. */
export interface PlanFault {
  readonly message: string;
  /** Where it stands in the plan, such as `["stages", 1, "inputs", 0]`; the plan itself where it is empty. */
  readonly path: PlanPath;
}

export type PlanPath = readonly (string | number)[];

/**
 * What is wrong with a plan for this notebook: statements that stand nowhere or twice, values that a
 * stage reads and nobody gives it, inputs from stages that do not run before it, versions of a value that are not those
 * that the notebook has there. Empty for a plan that can work.
 */
export function planFaults(plan: PipelinePlan, analysis: Analysis): readonly PlanFault[] {
  const { document, recorded } = analysis;
  const follows = recorded !== undefined && recorded.order.join() === plan.order.cells.join();
  const dataflow = follows ? recorded : document;
  const facts = new Map(factsOf(dataflow).map((each) => [each.id, each]));
  const faults: PlanFault[] = [];
  const known = new Set(document.statements.map(({ id }) => id));
  checkOrder(plan, analysis, faults);
  const imported = new Set(plan.imports.flatMap((id) => [...(facts.get(id)?.binds.keys() ?? [])]));
  const cells = new Map(dataflow.cells.map((cell) => [cell.cell.index, cell]));
  const mayRepeat = (each: Facts) =>
    isCopied(each.statement) || settingSubject({ cells, dataflow }, each, imported) !== undefined;
  checkPlaces(plan, facts, { known, mayRepeat }, faults);
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
  return faults.length > 0 ? faults : versionFaults(plan, facts, unbound);
}

/** The cells are those of the notebook, in an order that it can have. */
function checkOrder({ order }: PipelinePlan, { notebook, document, recorded }: Analysis, faults: PlanFault[]): void {
  const unknown = order.cells.findIndex((cell) => cell >= notebook.cells.length);
  if (unknown !== -1) {
    const message = `the order names cell ${order.cells[unknown]}, and the notebook has the cells 0 to ${notebook.cells.length - 1}`;
    faults.push({ path: ["order", "cells", unknown], message });
  } else if (![document, recorded].some((flow) => flow?.order.join() === order.cells.join())) {
    const message = "the order of the cells is neither that of the document nor that in which they were run";
    faults.push({ path: ["order", "cells"], message });
  }
}

/** Every statement has exactly one place; definitions that stay in stages, and settings, may have one in each. */
function checkPlaces(
  plan: PipelinePlan,
  facts: ReadonlyMap<StatementId, Facts>,
  { known, mayRepeat }: { readonly known: ReadonlySet<StatementId>; readonly mayRepeat: (facts: Facts) => boolean },
  faults: PlanFault[],
): void {
  const places = new Map<StatementId, string[]>();
  const put = (ids: readonly StatementId[], place: string, pathOf: (at: number) => PlanPath) => {
    for (const [at, id] of ids.entries()) {
      const path = pathOf(at);
      if (!facts.has(id) && !(place === "leftOut" && known.has(id)))
        faults.push({ path, message: `${place} names statement ${id}, which the notebook does not have` });
      const found = places.get(id) ?? [];
      places.set(id, [...found, place]);
      const own = facts.get(id);
      if (found.length > 0 && own !== undefined && !mayRepeat(own))
        faults.push({ path, message: `statement ${id} stands in ${found.join(" and in ")} and in ${place}` });
    }
  };
  for (const [index, stage] of plan.stages.entries())
    put(stage.statements, `stage ${stage.name}`, (at) => ["stages", index, "statements", at]);
  for (const [index, module] of plan.modules.entries())
    put(module.statements, `module ${module.name}`, (at) => ["modules", index, "statements", at]);
  put(plan.settings, "settings", (at) => ["settings", at]);
  put(plan.imports, "imports", (at) => ["imports", at]);
  const leftOut = plan.leftOut.map(({ statement }) => statement);
  put(leftOut, "leftOut", (at) => ["leftOut", at, "statement"]);
  const replaced = plan.parameters.flatMap(({ replaces }, at) => (replaces === undefined ? [] : [{ at, replaces }]));
  put(
    replaced.map(({ replaces }) => replaces),
    "parameters",
    (at) => ["parameters", replaced[at]?.at ?? at, "replaces"],
  );
  for (const id of facts.keys()) {
    if (places.has(id)) continue;
    faults.push({ path: ["stages"], message: `statement ${id} stands nowhere: put it into a stage or into leftOut` });
  }
}

/** Definitions that stay in stages may have a place in each. */
function isCopied({ node }: Statement): boolean {
  return isDefinition(node) || ("value" in node && (node.value as { type?: string } | undefined)?.type === "Lambda");
}

function checkNames(plan: PipelinePlan, faults: PlanFault[]): void {
  const seen = new Set<string>();
  for (const [index, { name }] of plan.stages.entries()) {
    const path = ["stages", index, "name"];
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
      faults.push({ path, message: `stage ${JSON.stringify(name)} has no name that Python allows` });
    if (seen.has(name)) faults.push({ path, message: `two stages are called ${name}` });
    seen.add(name);
  }
  const parameters = new Set<string>();
  for (const [index, { name }] of plan.parameters.entries()) {
    if (parameters.has(name))
      faults.push({ path: ["parameters", index, "name"], message: `two parameters are called ${name}` });
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
  faults: PlanFault[],
): void {
  const earlier = new Map(plan.stages.slice(0, index).map((each) => [each.name, each]));
  const isStage = new Set(plan.stages.map(({ name }) => name));
  for (const [at, { name, from }] of stage.inputs.entries()) {
    const maker = earlier.get(from);
    const path = ["stages", index, "inputs", at, "from"];
    const says = `stage ${stage.name} takes ${name} from ${from}, which`;
    if (!isStage.has(from)) faults.push({ path, message: `${says} is no stage of the plan` });
    else if (maker === undefined) faults.push({ path, message: `${says} ${lateness(plan, stage, from)}` });
    else if (!maker.outputs.includes(name)) faults.push({ path, message: `${says} does not hand it on` });
  }
  const made = madeInStages(plan, facts);
  const deleted = new Set([...facts.values()].flatMap(({ deletes }) => [...deletes]));
  const given = new Set(stage.inputs.map(({ name }) => name));
  const own = new Set<string>();
  for (const id of stage.statements) for (const name of facts.get(id)?.binds.keys() ?? []) own.add(name);
  const bound = new Set<string>();
  for (const [at, id] of stage.statements.entries()) {
    const path = ["stages", index, "statements", at];
    const each = facts.get(id);
    if (each === undefined) continue;
    const wanted = new Set(needs(each));
    const isDefined = isDefinition(each.statement.node);
    for (const name of wanted) {
      if (bound.has(name) || given.has(name) || !made.has(name) || unbound(id).has(name)) continue;
      const first = made.get(name) as number;
      if (first < each.position)
        faults.push({ path, message: `stage ${stage.name} reads ${name} in statement ${id}, and nothing gives it` });
    }
    if (isDefined) {
      for (const name of lazily.get(id) ?? []) {
        const first = made.get(name);
        if (first === undefined || own.has(name) || given.has(name) || first > each.position || deleted.has(name))
          continue;
        faults.push({
          path,
          message: `stage ${stage.name} defines what reads ${name} (statement ${id}), and nothing gives it`,
        });
      }
    }
    for (const name of each.binds.keys()) bound.add(name);
  }
  for (const [at, name] of stage.outputs.entries()) {
    if (own.has(name) || given.has(name)) continue;
    const message = `stage ${stage.name} hands on ${name}, which it neither makes nor is given`;
    faults.push({ path: ["stages", index, "outputs", at], message });
  }
}

/** Why a stage cannot be given something by a stage that is in the plan: a cycle, or the wrong order. */
function lateness({ stages }: PipelinePlan, stage: Stage, from: string): string {
  if (stage.name === from) return "is itself";
  const takers = new Set([stage.name]);
  const waiting = [stage.name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { name, inputs } of stages) {
      if (takers.has(name) || !inputs.some((input) => input.from === next)) continue;
      takers.add(name);
      waiting.push(name);
    }
  }
  return takers.has(from) ? `itself waits for ${stage.name}: a cycle` : "does not run before it";
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
