import type { Statement, StatementId } from "../../dataflow/model.ts";
import { isDefinition } from "../../python/definition.ts";
import type { Analysis } from "../../rules/analysis.ts";
import { opensConnection } from "../connections.ts";
import { type Facts, factsOf } from "../facts.ts";
import { dataflowOf } from "../order.ts";
import type { PipelinePlan } from "../plan.ts";
import { settingSubject } from "../setting-subject.ts";
import { fileFaults } from "./file-faults.ts";
import type { PlanFault, PlanPath } from "./plan-fault.ts";
import { stageFaults } from "./stage-faults.ts";
import { versionFaults } from "./version-faults.ts";

/**
 * What is wrong with a plan for this notebook: statements that stand nowhere or twice, values that a
 * stage reads and nobody gives it, inputs from stages that do not run before it, versions of a value or of a file that
 * are not those that the notebook has there. Empty for a plan that can work.
 */
export function planFaults(plan: PipelinePlan, analysis: Analysis): readonly PlanFault[] {
  const { document } = analysis;
  const dataflow = dataflowOf(plan, analysis);
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
      ...(facts.get(id)?.statement.undefinedReads ?? []).map(({ place }) => place.name),
      ...(hidden.get(id) ?? []).map(({ name }) => name),
    ]);
  const found = plan.stages.flatMap((_, index) => stageFaults(plan, index, { facts, lazily, unbound }));
  if (found.length > 0) return found;
  return [...versionFaults(plan, facts, unbound), ...fileFaults(plan, dataflow)];
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

/** Definitions that stay in stages, and what opens a connection, may have a place in each. */
function isCopied(statement: Statement): boolean {
  const { node } = statement;
  return (
    isDefinition(node) ||
    opensConnection(statement) ||
    ("value" in node && (node.value as { type?: string } | undefined)?.type === "Lambda")
  );
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
