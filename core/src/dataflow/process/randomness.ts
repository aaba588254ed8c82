import type { RandomDraw, RandomStream, Role } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import { type LibraryCall, matches } from "../calls/library-call.ts";
import { allArguments, select } from "../calls/returned.ts";
import type { Interpreter } from "../interpreter.ts";
import type { CallSite } from "../model.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { spanOf } from "../objects/places.ts";
import { constantOf, nothing, reachable, union, type Value } from "../objects/value.ts";
import { change } from "../statements/changes.ts";

/** Notes draws from random streams and their seeding, by the call itself or by what made its receiver. */
export function noteDraws(run: Interpreter, call: LibraryCall, made: Value): void {
  const { random } = call.effect;
  if (random !== undefined && !(random.training && run.evaluating)) {
    const matched = matches(random.when, call.effect, call.args);
    if (matched !== "no") {
      const seeded = isSeeded(random, call);
      if (random.at === undefined) note(run, random, seeded, call);
      else {
        for (const object of made) {
          object.set("origin", call.site as ast.Call);
          object.set("draws", random);
          object.set("seeded", seeded);
        }
      }
    }
  }
  const method = call.qualified.slice(call.qualified.lastIndexOf(".") + 1);
  for (const object of call.self ?? nothing) {
    const { draws } = object;
    if (!draws?.at?.includes(method)) continue;
    note(run, draws, object.seeded, call, object.origin);
    if (splits(object)) moveGenerators(run, object, call);
  }
  if (call.qualified === "builtins.next") noteNext(run, call);
  if (!call.qualified.startsWith("sklearn.") || !fitting.has(call.effect.role)) return;
  if (call.effect.role === "score" && !call.qualified.startsWith("sklearn.model_selection.")) return;
  for (const object of reachable(union(call.self ?? nothing, allArguments(call.args)))) {
    if (call.self?.has(object) || object.draws === undefined) continue;
    note(run, object.draws, object.seeded, call, object.origin);
    if (splits(object)) moveGenerators(run, object, call);
  }
}

/** A loader that shuffles draws when its iterator is made, and again when that is first asked. */
function noteNext(run: Interpreter, call: LibraryCall): void {
  for (const iterator of call.args.positional[0] ?? nothing) {
    for (const { draws, seeded, origin } of iterator.fields.get("~")?.keys() ?? [])
      if (draws?.at?.includes("__iter__")) note(run, draws, seeded, call, origin);
  }
}

/** Estimators are copied before they are fitted by a search, with their generators; a splitter is used as it is. */
function splits({ draws }: AbstractObject): boolean {
  return draws?.at?.includes("split") === true;
}

/** `KFold(random_state=np.random.RandomState(0))` splits in another way each time. */
function moveGenerators(run: Interpreter, splitter: AbstractObject, call: LibraryCall): void {
  const generators = new Set([...splitter.held()].filter(({ type }) => type === "numpy.random.RandomState"));
  if (generators.size === 0) return;
  const span = spanOf(call.site);
  change(run, generators, {
    path: [],
    span,
    must: false,
    deep: false,
    views: false,
    why: "it splits by this generator",
  });
}

/** Roles of calls that fit and split with what they hold: a search draws by its estimator and by its splitter. */
const fitting = new Set<Role | undefined>(["fit", "search", "fit-transform", "score"]);

function isSeeded(random: RandomDraw, call: LibraryCall): boolean {
  if (random.seedArgument === undefined) return false;
  const seed = select(call.args, random.seedArgument, call.effect);
  return seed.size > 0 && constantOf(seed) !== null;
}

function note(run: Interpreter, random: RandomDraw, seeded: boolean, call: LibraryCall, made?: ast.Call): void {
  const { draft } = run.recorder;
  const site: CallSite = {
    node: call.site as ast.Call,
    callee: call.qualified,
    text: call.qualified,
    argumentNames: new Map(),
    effect: call.effect,
    range: run.recorder.range(run.spanOf(call.site as ast.Call)),
    ...(call.base === undefined ? {} : { receiver: call.base }),
    ...(call.effect.role === undefined ? {} : { role: call.effect.role }),
  };
  for (const stream of [random.stream, ...(random.also ?? [])]) {
    run.recorder.random({
      statement: draft.id,
      stream,
      use: random.use,
      seeded,
      call: site,
      ...(stream === random.stream || random.use === "seed" ? {} : { byTheWay: true }),
      ...(made === undefined ? {} : { madeBy: made }),
    });
    if (!seeded || random.use === "seed") useStream(run, stream, random.use);
  }
}

function useStream(run: Interpreter, stream: RandomStream, use: RandomDraw["use"]): void {
  const before = run.randomStreams.useOf(stream);
  if (use === "seed") {
    run.randomStreams.set(stream, { last: run.now, seeded: true });
    return;
  }
  if (before?.seeded) run.recorder.edge(before.last, run.now, "random", stream, run.must);
  run.randomStreams.set(stream, { last: run.now, seeded: before?.seeded ?? false });
}
