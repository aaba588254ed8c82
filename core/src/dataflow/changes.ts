import type { Span } from "../text/position.ts";
import { sharedMemory } from "./heap.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Access, PathStep } from "./model.ts";
import { dependOnChanges } from "./names.ts";
import { type AbstractObject, reachable, type Value } from "./objects.ts";

export interface Change {
  /** What is changed of it: `[column x]`. */
  readonly path: readonly PathStep[];
  readonly span: Span;
  /** The global by which the statement reached it. */
  readonly base?: string | undefined;
  /** Certain to happen where it runs. */
  readonly must: boolean;
  /** What it holds may change too. */
  readonly deep: boolean;
  /** What shares its memory changes too. */
  readonly views: boolean;
  readonly kind?: Access["kind"];
  readonly why?: string | undefined;
}

/** Notes that objects change: on them, on what shares their memory, and on every global name that reaches them. */
export function change(run: Interpreter, objects: Value, facts: Change): void {
  const affected = affectedBy(objects, facts);
  if (affected.size === 0) return;
  for (const [object, isRead] of affected) {
    if (!isRead) dependOnChanges(run, firstName(object) ?? facts.base ?? "", new Set([object]), -1, true);
    if (object.lastChange() !== run.now) object.changes.push(run.now);
  }
  const paths = pathsTo(affected.keys());
  noteParameters(run, paths);
  for (const [object, path] of paths) {
    const isDirect = path.length === 0 && objects.has(object);
    for (const name of object.names) {
      const binding = run.module.layer.get(name);
      if (binding === undefined || !binding.value.has(object)) continue;
      const isBase = name === facts.base;
      for (const { definition, parameters } of run.activations) {
        if (!parameters.has(object)) definition?.freeChanges.add(name);
      }
      run.recorder.access({
        kind: isBase ? (facts.kind ?? "change") : "change",
        name,
        path: isDirect ? facts.path : [...path, ...facts.path],
        must: run.must && facts.must && isDirect && objects.size === 1 && binding.value.size === 1,
        span: run.spanOf(facts.span),
        through: run.through,
        alias: isBase || run.through !== undefined ? undefined : facts.base,
        why: facts.why,
      });
    }
  }
}

/** What changes, with whether the statement has read it to get at it. */
function affectedBy(objects: Value, facts: Change): Map<AbstractObject, boolean> {
  const affected = new Map<AbstractObject, boolean>();
  for (const object of facts.deep ? reachable(objects) : objects) {
    if (object.mutable || object.qualified !== undefined) affected.set(object, true);
  }
  if (!facts.views) return affected;
  for (const object of [...affected.keys()]) {
    for (const other of object.memory.size === 0 ? [] : sharedMemory(object)) {
      if (!affected.has(other)) affected.set(other, false);
    }
  }
  return affected;
}

/** Everything that holds the objects, with the steps that lead to them. */
function pathsTo(objects: Iterable<AbstractObject>): Map<AbstractObject, readonly PathStep[]> {
  const paths = new Map<AbstractObject, readonly PathStep[]>();
  for (const object of objects) paths.set(object, []);
  for (const [object, path] of paths) {
    for (const [holder, field] of object.holders) {
      if (!paths.has(holder)) paths.set(holder, path.length < 6 ? [stepOf(field), ...path] : path);
    }
  }
  return paths;
}

function stepOf(field: string): PathStep {
  if (field.startsWith(".")) return { kind: "attribute", name: field.slice(1) };
  return { kind: "item", name: field.startsWith("[") ? field.slice(1) : "*" };
}

function noteParameters(run: Interpreter, paths: ReadonlyMap<AbstractObject, unknown>): void {
  for (const { definition, parameters } of run.activations) {
    if (definition === undefined) continue;
    for (const [object, name] of parameters) if (paths.has(object)) definition.changesParameters.add(name);
  }
}

function firstName(object: AbstractObject): string | undefined {
  for (const name of object.names) return name;
  return undefined;
}
