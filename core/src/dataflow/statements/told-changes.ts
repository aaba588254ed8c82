import { add } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import type { PathStep } from "../model.ts";
import type { AbstractObject } from "../objects/objects.ts";
import type { Reach } from "../objects/reach.ts";
import type { Written } from "../objects/shared-memory.ts";
import { holdsChangeable, type Value } from "../objects/value.ts";
import type { Change } from "./changes.ts";

/** So many names at most are told of one change; the edges are complete all the same. */
const mostTold = 100;

/** What a change reaches: objects with the steps that lead from them to it, and the parts of large containers. */
export interface Reached {
  readonly paths: ReadonlyMap<AbstractObject, readonly PathStep[]>;
  /** Objects on which the change is noted, one by one. */
  readonly written: Written;
  readonly reaches: readonly Reach[];
}

function isReached(object: AbstractObject, { paths, reaches }: Reached): boolean {
  return paths.has(object) || isPartOf(object, reaches);
}

function isPartOf(object: AbstractObject, reaches: readonly Reach[]): boolean {
  return reaches.some((reach) => object.reaches.has(reach));
}

/** Notes for global names that reach what changes that they do. */
export function tellNames(run: Interpreter, objects: Value, facts: Change, reached: Reached): void {
  let told = 0;
  for (const { name, object, path } of namesOf(run, reached)) {
    if (told >= mostTold) return;
    const binding = run.module.layer.get(name);
    if (binding === undefined || !binding.value.has(object)) continue;
    told++;
    for (const { definition, parameters } of run.activations) {
      if (definition !== undefined && !isGiven(parameters, reached)) {
        add(run.journal, definition, definition.freeChanges, name);
      }
    }
    const isBase = name === facts.base;
    const isDirect = path.length === 0 && objects.has(object);
    run.recorder.access({
      kind: isBase ? (facts.kind ?? "change") : "change",
      name,
      path: isBase ? facts.path : facts.step === undefined ? path : [...path, facts.step],
      must: run.must && facts.must && isDirect && objects.size === 1 && binding.value.size === 1,
      span: run.spanOf(facts.span),
      through: run.through,
      alias: isBase || run.through !== undefined ? undefined : facts.base,
      why: facts.why,
    });
  }
}

/** Names that have held what a change reaches, with the steps from there to what changes. */
function* namesOf(run: Interpreter, { paths, written, reaches }: Reached): Generator<NamePath> {
  const isPart = (object: AbstractObject) => isPartOf(object, reaches);
  for (const [object, path] of paths) {
    if (written.has(object) || !isPart(object)) for (const name of object.names) yield { name, object, path };
  }
  for (const name of new Set(reaches.flatMap(({ names }) => [...names]))) {
    for (const object of run.module.layer.get(name)?.value ?? []) {
      if (written.has(object) || !isPart(object) || !holdsChangeable(object)) continue;
      yield { name, object, path: object.mutable ? [] : [anyItem] };
    }
  }
}

interface NamePath {
  readonly name: string;
  readonly object: AbstractObject;
  readonly path: readonly PathStep[];
}

const anyItem: PathStep = { kind: "item", name: "*" };

/** Whether a function has what changes from its caller. */
function isGiven(parameters: ReadonlyMap<AbstractObject, string>, reached: Reached): boolean {
  for (const object of parameters.keys()) if (isReached(object, reached)) return true;
  return false;
}

/** Notes for the functions that are followed which of their parameters change. */
export function noteParameters(run: Interpreter, reached: Reached): void {
  for (const { definition, parameters } of run.activations) {
    if (definition === undefined) continue;
    for (const [object, name] of parameters) {
      if (isReached(object, reached)) add(run.journal, definition, definition.changesParameters, name);
    }
  }
}
