import type { EffectCatalog } from "../../core/src/effects/catalog.ts";
import type {
  ArgumentSelector,
  ChangedArgument,
  Condition,
  Effect,
  FileUse,
  ProcessState,
  RandomDraw,
  RandomStream,
  StateUse,
} from "../../core/src/effects/effect.ts";
import { claimOf, selects } from "./claim.ts";
import { deriveReturned, selectorOf } from "./derive-returned.ts";
import { judge } from "./judge.ts";
import { clearProbes } from "./mixed-call.ts";
import type { ArgumentKey, Observation, Probe } from "./observation.ts";

/**
 * The effect that a table should give for a function after what was seen of it: what the table says, with what was
 * seen beyond that. `undefined` where the table holds, or where too little was seen to say anything.
 */
export function derive(catalog: EffectCatalog, observation: Observation): Effect | undefined {
  const seen = { ...observation, probes: clearProbes(observation.probes) };
  const judgement = judge(catalog, seen);
  if (judgement.outcome === "confirmed" || judgement.outcome === "not exercised") return undefined;
  if (judgement.outcome === "unlisted" && !isSeenEnough(seen)) return undefined;
  const claim = claimOf(catalog, seen.name);
  const signature = signatureOf(seen);
  const base: Effect = { changes: [], returns: { kind: "new" }, ...claim?.effect, ...(signature && { signature }) };
  const contradicted = new Set(
    judgement.outcome === "contradicted" ? judgement.contradictions.map(({ about }) => about) : [],
  );
  const isReturnWrong = claim === undefined || contradicted.has("returns") || contradicted.has("type");
  const state = deriveState(base, seen);
  const random = deriveRandom(base, seen, claim?.draws);
  const files = deriveFiles(base, seen);
  const keeps = deriveKeeps(base, seen);
  const isCalling = seen.probes.some(({ called }) => called.length > 0);
  return {
    ...base,
    changes: deriveChanges(base, seen),
    ...(isReturnWrong && deriveReturned(catalog, { ...claim, effect: base }, seen, claim === undefined)),
    ...(state.length > 0 && { state }),
    ...(random && { random }),
    ...(files.length > 0 && { files }),
    ...(keeps.length > 0 && { keeps }),
    ...(isCalling && base.callsWith === undefined && { callsArguments: true }),
  };
}

const telling = /^(inplace|copy|out|deep|overwrite\w*|copy_\w+|in_place|a_min)$/;

/**
 * Whether a function that no table lists was called in enough ways: with three different calls, or in the only way
 * that there is. A flag by which calls say how they treat their arguments must have been among them.
 */
function isSeenEnough({ probes, parameters }: Observation): boolean {
  if (probes.length === 0 || probes.some(({ opaque }) => opaque.length > 0)) return false;
  const flags = (parameters ?? []).map(([name]) => name).filter((name) => telling.test(name));
  if (flags.some((flag) => !probes.some(({ given }) => flag in given))) return false;
  return probes.length >= 3 || parameters?.length === 0;
}

/** Names of the positional parameters, where Python tells them all. */
function signatureOf({ parameters }: Observation): readonly string[] | undefined {
  const positional = parameters
    ?.filter(([, kind]) => kind === "POSITIONAL_ONLY" || kind === "POSITIONAL_OR_KEYWORD")
    .map(([name]) => name)
    .filter((name) => name !== "self");
  return positional === undefined || positional.length === 0 ? undefined : positional;
}

function deriveChanges(base: Effect, { probes }: Observation): ChangedArgument[] {
  const selectors = new Map<string, { selector: ArgumentSelector; probes: Probe[] }>();
  for (const probe of probes) {
    for (const key of probe.changed) {
      const selector = selectorOf(key, base);
      const known = selectors.get(String(selector)) ?? { selector, probes: [] };
      known.probes.push(probe);
      selectors.set(String(selector), known);
    }
  }
  const changes: ChangedArgument[] = [];
  for (const { selector, probes: changing } of selectors.values()) {
    const keys = (list: readonly ArgumentKey[]) => list.some((key) => selects(selector, key, base));
    const said = base.changes.filter(({ argument }) => keys([String(argument)]));
    const flag = selector === "out" ? undefined : flagOf(changing, probes);
    const isDeep = changing.some(({ deep }) => keys(deep));
    const isSeenByViews = changing.some(({ views }) => keys(views));
    const isFurther = changing.some(({ again }) => keys(again));
    changes.push({
      argument: selector,
      ...(flag !== undefined && said.every(({ when }) => when !== undefined) && { when: flag }),
      ...(said.length > 0 && said.every(({ shallow }) => shallow) && !isDeep && { shallow: true }),
      ...(said.length > 0 && said.every(({ keepsViews }) => keepsViews) && !isSeenByViews && { keepsViews: true }),
      ...(said.some(({ idempotent }) => idempotent) && !isFurther && { idempotent: true }),
    });
  }
  const isNew = (argument: ArgumentSelector) => !changes.some((one) => one.argument === argument);
  return [...base.changes.filter(({ argument }) => isNew(argument)), ...changes];
}

/** The flag without which the argument was never seen to change, as a condition. */
function flagOf(changing: readonly Probe[], all: readonly Probe[]): Condition | undefined {
  const still = all.filter((probe) => !changing.includes(probe));
  const [first] = changing;
  if (first === undefined || still.length === 0) return undefined;
  const flags = Object.entries(first.given).filter(([key, value]) => typeof value === "boolean" && !/^\d+$/.test(key));
  const flag = flags.find(
    ([key, value]) =>
      changing.every(({ given }) => given[key] === value) && still.every(({ given }) => given[key] !== value),
  );
  return flag === undefined ? undefined : { [flag[0]]: flag[1] };
}

function deriveState(base: Effect, { probes }: Observation): StateUse[] {
  const kinds = new Set(
    probes.flatMap(({ state, outside }) => [...state, ...outside]).filter((kind) => !kind.startsWith("random:")),
  );
  const varies = probes.some((probe) => probe.varies) && base.random === undefined && kinds.size === 0;
  const uses: StateUse[] = [...(base.state ?? [])];
  for (const kind of [...kinds, ...(varies ? ["process"] : [])] as ProcessState[]) {
    const use = kind === "network" || kind === "process" ? "read" : "change";
    if (!uses.some((one) => one.state === kind && one.use === use)) uses.push({ state: kind, use });
  }
  return uses;
}

function deriveRandom(
  base: Effect,
  { probes, parameters }: Observation,
  draws: RandomDraw | undefined,
): RandomDraw | undefined {
  if (base.random !== undefined || draws !== undefined) return base.random;
  const kind = probes.flatMap(({ state }) => state).find((one) => one.startsWith("random:"));
  if (kind === undefined) return undefined;
  const seed = ["random_state", "seed", "rng", "generator"].find((name) => parameters?.some(([one]) => one === name));
  const stream = kind.slice("random:".length) as RandomStream;
  return { stream, use: "draw", ...(seed !== undefined && { seedArgument: seed }) };
}

function deriveFiles(base: Effect, { probes }: Observation): FileUse[] {
  const uses: FileUse[] = [...(base.files ?? [])];
  const seen = probes.flatMap(({ files }) => files);
  for (const { use, argument } of seen) {
    if (argument === null) continue;
    // What is written may be read and looked for on the way.
    if (
      use !== "write" &&
      use !== "append" &&
      seen.some((one) => one.argument === argument && /write|append/.test(one.use))
    )
      continue;
    const selector = selectorOf(argument, base);
    if (!uses.some((one) => one.argument === selector)) uses.push({ use: use as FileUse["use"], argument: selector });
  }
  return uses;
}

function deriveKeeps(base: Effect, { probes }: Observation): NonNullable<Effect["keeps"]>[number][] {
  const keeps = [...(base.keeps ?? [])];
  for (const [holder, what] of probes.flatMap((probe) => probe.keeps)) {
    const keep = { in: selectorOf(holder, base), what: selectorOf(what, base) };
    if (!keeps.some((one) => one.in === keep.in && one.what === keep.what)) keeps.push(keep);
  }
  return keeps;
}
