import type { StatementId } from "../../dataflow/model.ts";
import type { Analysis } from "../../rules/analysis.ts";
import { append } from "../../text/append.ts";
import type { PlanOptions } from "../options.ts";
import type { Parameter, PipelinePlan } from "../plan.ts";
import { planPipeline } from "../plan-pipeline.ts";
import { planFaults } from "./plan-faults.ts";
import { type PlanWish, wishOf } from "./wish.ts";

/** A plan that can be, and how it differs from the one that was wished, as phrases. */
export interface NearestPlan {
  /** Undefined where the notebook cannot be a pipeline at all. */
  readonly plan: PipelinePlan | undefined;
  readonly changes: readonly string[];
  /** Why not everything can be as wished. */
  readonly reasons: readonly string[];
}

/**
 * The plan for this notebook that is nearest to a wished one: its stages, with as few statements as possible in another
 * one; its names, titles and parameters; all that follows from these made anew. A plan that can be is its own nearest.
 */
export function nearestPlan(plan: PipelinePlan, analysis: Analysis): NearestPlan {
  const followed = followWish(wishOf(plan), plan, analysis);
  const canBe = followed.reasons.length === 0 && planFaults(plan, analysis).length === 0;
  return canBe ? { plan, changes: [], reasons: [] } : followed;
}

/**
 * The plan that follows a wish as far as that can be, with names and parameters of an earlier plan. Parameters of
 * statements that changed since then take their defaults from the notebook.
 */
export function followWish(
  wish: PlanWish,
  { package: name, order, parameters, notebook }: PipelinePlan,
  analysis: Analysis,
  changed: ReadonlySet<StatementId> = new Set(),
): NearestPlan {
  const options = { package: name, ...orderOf(order.cells, analysis) };
  // What is left out may be needed: then it stays. And at last the plan is made as if nobody had wished anything.
  for (const tried of [wish, { ...wish, leftOut: new Map<StatementId, string>() }, undefined]) {
    const planned = planPipeline(analysis, tried === undefined ? options : { ...options, wish: tried });
    if (planned.outcome === "diagnosed") continue;
    const made: PipelinePlan = {
      ...planned.plan,
      notebook: { ...planned.plan.notebook, title: notebook.title },
      parameters: namedBefore(planned.plan.parameters, parameters, changed),
    };
    if (planFaults(made, analysis).length > 0) continue;
    return { plan: made, changes: changesOf(wish, made), reasons: planned.unfulfilled ?? [] };
  }
  return {
    plan: undefined,
    changes: [],
    reasons: ["The notebook cannot be a pipeline as it is: reprise analyze says why."],
  };
}

function orderOf(cells: readonly number[], { document, recorded }: Analysis): Pick<PlanOptions, "order"> {
  if (recorded?.order.join() === cells.join()) return { order: "recorded" };
  return document.order.join() === cells.join() ? { order: "document" } : {};
}

/** Parameters with the names, defaults and help that a person gave them, and without those that they took out. */
function namedBefore(
  made: readonly Parameter[],
  before: readonly Parameter[],
  changed: ReadonlySet<StatementId>,
): readonly Parameter[] {
  const taken = new Set<string>();
  return made.flatMap((parameter) => {
    const known = before.find((each) => isSameParameter(parameter, each));
    if (known === undefined && before.length > 0 && parameter.replaces === undefined && !isIn(changed, parameter))
      return [];
    const named = known === undefined || taken.has(known.name) ? parameter : worded(parameter, known, changed);
    if (taken.has(named.name)) return [parameter];
    taken.add(named.name);
    return [named];
  });
}

function worded(parameter: Parameter, known: Parameter, changed: ReadonlySet<StatementId>): Parameter {
  const { name, help, type } = known;
  if (isIn(changed, parameter)) return { ...parameter, name, help };
  return { ...parameter, name, help, type, default: known.default };
}

function isIn(statements: ReadonlySet<StatementId>, { replaces, uses }: Parameter): boolean {
  return replaces === undefined ? uses.some(({ statement }) => statements.has(statement)) : statements.has(replaces);
}

function isSameParameter(one: Parameter, other: Parameter): boolean {
  if (one.replaces !== undefined || other.replaces !== undefined) return one.replaces === other.replaces;
  const [use, known] = [one.uses[0], other.uses[0]];
  if (use === undefined || known === undefined) return one.name === other.name;
  const isSamePlace = use.start === known.start && use.keyword === known.keyword;
  return use.statement === known.statement && (isSamePlace || one.name === other.name);
}

/** Which statements stand elsewhere than wished, as phrases. */
function changesOf(wish: PlanWish, plan: PipelinePlan): readonly string[] {
  const places = placesIn(plan);
  const moves = new Map<string, StatementId[]>();
  const put = (from: string, ids: Iterable<StatementId>) => {
    for (const id of ids) {
      const all = places.get(id) ?? [];
      if (all.length === 0 || all.includes(from)) continue;
      const move = `from ${from} to ${all[0]}`;
      append(moves, move, id);
    }
  };
  for (const { name, statements } of wish.stages) put(name, statements);
  put("leftOut", wish.leftOut.keys());
  const wished = wish.stages.map(({ name }) => name).filter((name) => plan.stages.some((stage) => stage.name === name));
  const made = plan.stages.map(({ name }) => name).filter((name) => wished.includes(name));
  const gone = wish.stages.filter(({ name }) => !plan.stages.some((stage) => stage.name === name));
  return [
    ...[...moves].map(([move, ids]) => `${shortened(ids)} ${ids.length === 1 ? "goes" : "go"} ${move}`),
    ...(wished.join() === made.join() ? [] : [`the stages run in the order ${made.join(", ")}`]),
    ...gone.map(({ name }) => `there is no stage ${name}`),
  ];
}

function shortened(ids: readonly StatementId[]): string {
  return ids.length > 6 ? `${ids.slice(0, 5).join(", ")} and ${ids.length - 5} more` : ids.join(", ");
}

function placesIn({ stages, modules, settings, imports, leftOut, parameters }: PipelinePlan) {
  const places = new Map<StatementId, string[]>();
  const put = (name: string, ids: readonly StatementId[]) => {
    for (const id of ids) places.set(id, [...(places.get(id) ?? []), name]);
  };
  for (const { name, statements } of stages) put(name, statements);
  for (const { name, statements } of modules) put(name, statements);
  put("settings", settings);
  put("imports", imports);
  put(
    "leftOut",
    leftOut.map(({ statement }) => statement),
  );
  put(
    "parameters",
    parameters.flatMap(({ replaces }) => (replaces === undefined ? [] : [replaces])),
  );
  return places;
}
