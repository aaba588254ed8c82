import { type Bench, kept, tell } from "../bench.ts";
import { boundDefinitions, statefulFunctions } from "../definitions/stateful-functions.ts";
import { type Facts, needs, readsSurely } from "../facts.ts";
import { hiddenBindings, moduleChanges } from "../hidden-bindings.ts";
import { lateIterators } from "../late-iterators.ts";
import { runPairs } from "../run-files.ts";
import { unsavableAfter } from "../unsavable.ts";
import { type Flow, flowBetween } from "./flow.ts";
import { joinSegments, type Segment } from "./segment.ts";

/** Stages that a value which cannot be saved would have to cross are joined; the rest is left as it is. */
export function legalStages(
  bench: Bench,
  segments: readonly Segment[],
  local: ReadonlyMap<string, Facts>,
): { readonly segments: Segment[]; readonly flows: Flow[] } {
  let stages = joinTogether(bench, joinHidden(bench, joinUsersOfState(bench, segments)));
  for (;;) {
    const flows = flowBetween(
      bench,
      stages.map(({ statements }) => statements),
      local,
    );
    const wrong = firstViolation(bench, stages, flows);
    if (wrong === undefined) return { segments: stages, flows };
    tell(bench, wrong.why);
    stages = joinRange(stages, wrong.from, wrong.to);
  }
}

interface Violation {
  readonly from: number;
  readonly to: number;
  readonly why: string;
}

function firstViolation(bench: Bench, stages: readonly Segment[], flows: readonly Flow[]): Violation | undefined {
  for (const [to, flow] of flows.entries()) {
    for (const [name, from] of flow.inputs) {
      const last = stages[from]?.statements.at(-1);
      if (last === undefined) continue;
      const why = unsavableAfter(bench, name, last.id);
      if (why !== undefined)
        return { from, to, why: `The steps that use ${name} are one stage: it is ${why}, which cannot be saved.` };
      if (isSometimesUnbound(bench, flows[from], name, last) && !isSurelyRead(flows, name, from)) {
        return { from, to, why: `The steps that use ${name} are one stage: it is bound on some paths only.` };
      }
    }
    const parted = partedViews(bench, stages, flows, to);
    if (parted !== undefined) return parted;
  }
  return undefined;
}

/**
 * A statement that writes to memory which earlier stages made and which several names see that are still used: an array
 * and its view, which files would part.
 */
function partedViews(
  bench: Bench,
  stages: readonly Segment[],
  flows: readonly Flow[],
  to: number,
): Violation | undefined {
  const { inputs, statements } = flows[to] as Flow;
  const makerOf = (name: string) =>
    inputs.get(name) ?? flows.findLastIndex(({ produced }, index) => index < to && produced.has(name));
  const rebound = new Set<string>();
  for (const { binds, changes, changesToo, position } of statements) {
    const changed = [...new Set([...changes, ...changesToo])].filter(
      (name) => makerOf(name) !== -1 && (inputs.has(name) || isNeededAfter(bench, name, position)),
    );
    const isOld = changed.some((name) => !rebound.has(name));
    for (const [name, certainty] of binds) if (certainty === "must") rebound.add(name);
    // What this stage has bound anew is no longer what an earlier one made.
    if (changed.length < 2 || !isOld) continue;
    const from = Math.min(...changed.map(makerOf));
    for (const stage of stages.slice(from, to)) {
      const last = stage.statements.at(-1);
      const views = last && bench.dataflow.viewsAfter(last.id).find((names) => sharedBy(names, changed).length > 1);
      if (views === undefined) continue;
      const names = sharedBy(views, changed).join(" and ");
      return { from, to, why: `The steps that use ${names} are one stage: they are one memory, which is written to.` };
    }
  }
  return undefined;
}

/** Whether the value that a name has behind a statement is needed: not one that it is bound to later. */
function isNeededAfter(bench: Bench, name: string, position: number): boolean {
  const next = kept(bench).find(
    (facts) => facts.position > position && (needs(facts).has(name) || facts.binds.get(name) === "must"),
  );
  return next !== undefined && needs(next).has(name);
}

function sharedBy(names: readonly string[], changed: readonly string[]): string[] {
  return names.filter((name) => changed.includes(name));
}

function isSometimesUnbound(bench: Bench, flow: Flow | undefined, name: string, last: Facts): boolean {
  if (flow === undefined || flow.inputs.has(name)) return false;
  return bench.dataflow.valueAfter(last.id, name)?.certain === false;
}

/**
 * True where a later stage reads this version whatever happens, outside of any `try`: had nothing bound it (a loop that
 * ran no time), the notebook would have stopped there.
 */
function isSurelyRead(flows: readonly Flow[], name: string, from: number): boolean {
  return flows.some(({ inputs, statements }) => {
    if (inputs.get(name) !== from) return false;
    const user = statements.find(
      ({ binds, deletes, reads }) => reads.has(name) || binds.has(name) || deletes.has(name),
    );
    return user !== undefined && readsSurely(user, name);
  });
}

/** Definitions that are one thing only inside one process: those that keep state, those whose defaults were computed. */
function joinUsersOfState(bench: Bench, segments: readonly Segment[]): Segment[] {
  let stages = [...segments];
  for (const { name, users, why } of [...statefulFunctions(bench), ...boundDefinitions(bench)]) {
    const using = [...stages.keys()].filter((index) => stages[index]?.statements.some((facts) => users.has(facts)));
    const first = using[0];
    const last = using.at(-1);
    if (first === undefined || last === undefined || first === last) continue;
    tell(bench, `The steps that use ${name} are one stage: ${why}.`);
    stages = joinRange(stages, first, last);
  }
  return stages;
}

/** What a statement may bind unseen, puts into a module, or reads only later cannot be handed on. */
function joinHidden(bench: Bench, segments: readonly Segment[]): Segment[] {
  const unseen = hiddenBindings(bench).map((binding) => ({
    ...binding,
    why: `statement ${binding.from} may bind ${binding.name} in a way that the analysis cannot follow`,
  }));
  const inModules = moduleChanges(bench).map((binding) => ({
    ...binding,
    why: `statement ${binding.from} changes ${binding.name}, which is one thing for the whole process`,
  }));
  const late = lateIterators(bench).map((binding) => ({
    ...binding,
    why: `the iterator that statement ${binding.from} makes reads ${binding.name} only when somebody goes through it, and statement ${binding.to} gives that another value`,
  }));
  let stages = [...segments];
  for (const { from, to, why } of [...unseen, ...inModules, ...late]) {
    const holder = stages.findIndex(({ statements }) => statements.some(({ id }) => id === from));
    const reader = stages.findIndex(({ statements }) => statements.some(({ id }) => id === to));
    if (holder === -1 || reader === -1 || holder === reader) continue;
    tell(bench, `Steps are one stage, because ${why}.`);
    stages = joinRange(stages, Math.min(holder, reader), Math.max(holder, reader));
  }
  return stages;
}

/** What a proof found not to bear being parted, and what one statement of the notebook runs. */
function joinTogether(bench: Bench, segments: readonly Segment[]): Segment[] {
  let stages = [...segments];
  for (const pair of [...bench.together, ...runPairs(bench)]) {
    const [from = -1, to = -1] = pair
      .map((wanted) => stages.findIndex(({ statements }) => statements.some(({ id }) => id === wanted)))
      .sort((one, other) => one - other);
    if (from === -1 || from === to) continue;
    bench.unfulfilled.push(
      `The steps from statement ${pair[0]} to ${pair[1]} are one stage: they do not bear being parted.`,
    );
    stages = joinRange(stages, from, to);
  }
  return stages;
}

function joinRange(stages: readonly Segment[], from: number, to: number): Segment[] {
  const joined = stages.slice(from, to + 1).reduce(joinSegments);
  return [...stages.slice(0, from), joined, ...stages.slice(to + 1)];
}
