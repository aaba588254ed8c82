import type { StatementId } from "../../dataflow/model.ts";
import { isDefinition } from "../../python/definition.ts";
import { type Facts, needs } from "../facts.ts";
import type { PipelinePlan, Stage } from "../plan.ts";
import type { PlanFault } from "./plan-fault.ts";

/** What the notebook says, for looking up. */
export interface Known {
  readonly facts: ReadonlyMap<StatementId, Facts>;
  /** What the body of a definition reads when it is called. */
  readonly lazily: ReadonlyMap<StatementId, readonly string[]>;
  /** Names that a statement reads although nothing binds them before it that can be seen: in a `try`, after an `exec`. */
  readonly unbound: (id: StatementId) => ReadonlySet<string>;
}

/** What is wrong with one stage of a plan: what it is given, what its statements find, what it hands on. */
export function stageFaults(plan: PipelinePlan, index: number, known: Known): readonly PlanFault[] {
  const stage = plan.stages[index] as Stage;
  return [
    ...inputFaults(plan, index, stage),
    ...statementFaults(plan, index, stage, known),
    ...outputFaults(index, stage, known),
  ];
}

function inputFaults(plan: PipelinePlan, index: number, stage: Stage): readonly PlanFault[] {
  const earlier = new Map(plan.stages.slice(0, index).map((each) => [each.name, each]));
  const isStage = new Set(plan.stages.map(({ name }) => name));
  return stage.inputs.flatMap(({ name, from }, at) => {
    const path = ["stages", index, "inputs", at, "from"];
    const says = `stage ${stage.name} takes ${name} from ${from}, which`;
    if (!isStage.has(from)) return [{ path, message: `${says} is no stage of the plan` }];
    const maker = earlier.get(from);
    if (maker === undefined) return [{ path, message: `${says} ${lateness(plan, stage, from)}` }];
    return maker.outputs.includes(name) ? [] : [{ path, message: `${says} does not hand it on` }];
  });
}

function statementFaults(
  plan: PipelinePlan,
  index: number,
  stage: Stage,
  { facts, lazily, unbound }: Known,
): readonly PlanFault[] {
  const made = madeInStages(plan, facts);
  const deleted = new Set([...facts.values()].flatMap(({ deletes }) => [...deletes]));
  const given = new Set(stage.inputs.map(({ name }) => name));
  const own = namesBoundBy(stage, facts);
  const bound = new Set<string>();
  return stage.statements.flatMap((id, at) => {
    const each = facts.get(id);
    if (each === undefined) return [];
    const path = ["stages", index, "statements", at];
    const isMadeBefore = (name: string) => (made.get(name) ?? Infinity) < each.position;
    const now = [...needs(each)].filter(
      (name) => !bound.has(name) && !given.has(name) && !unbound(id).has(name) && isMadeBefore(name),
    );
    const later = (isDefinition(each.statement.node) ? (lazily.get(id) ?? []) : []).filter(
      (name) =>
        !own.has(name) && !given.has(name) && !deleted.has(name) && (made.get(name) ?? Infinity) <= each.position,
    );
    for (const name of each.binds.keys()) bound.add(name);
    return [
      ...now.map((name) => `stage ${stage.name} reads ${name} in statement ${id}, and nothing gives it`),
      ...later.map((name) => `stage ${stage.name} defines what reads ${name} (statement ${id}), and nothing gives it`),
    ].map((message) => ({ path, message }));
  });
}

function outputFaults(index: number, stage: Stage, { facts }: Known): readonly PlanFault[] {
  const given = new Set(stage.inputs.map(({ name }) => name));
  const own = namesBoundBy(stage, facts);
  return stage.outputs.flatMap((name, at) => {
    if (own.has(name) || given.has(name)) return [];
    const message = `stage ${stage.name} hands on ${name}, which it neither makes nor is given`;
    return [{ path: ["stages", index, "outputs", at], message }];
  });
}

function namesBoundBy({ statements }: Stage, facts: Known["facts"]): ReadonlySet<string> {
  return new Set(statements.flatMap((id) => [...(facts.get(id)?.binds.keys() ?? [])]));
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
