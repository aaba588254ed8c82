import type { Span } from "../../text/position.ts";
import { add, assign } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Access, PathStep } from "../model.ts";
import { type AbstractObject, isIterator, type Resume, reachable, type Value } from "../objects/objects.ts";
import { addSharers, columnOf, type Written, writeRegion, writeShared } from "../objects/shared-memory.ts";
import { noteFile } from "../process/files.ts";

export interface Change {
  /** From `base` to what changes: `[column x]`. */
  readonly path: readonly PathStep[];
  /** The last of them, where it is a part of the objects that is changed, not the objects as such. */
  readonly step?: PathStep;
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

/** So many names at most are told of one change; the edges are complete all the same. */
const mostAliases = 100;

/** So many holders are gone through for what one step of the abstract run costs. */
const holdersAStep = 16;

/** Notes that objects change: on them, on the memory they share, and on every global name that reaches them. */
export function change(run: Interpreter, objects: Value, facts: Change): void {
  const written: Written = new Map();
  const column = columnOf(facts.step);
  for (const object of facts.deep ? reachable(objects) : objects) {
    const canChange = object.mutable || object.qualified !== undefined || setsAttribute(object, objects, facts);
    if (canChange) written.set(object, objects.has(object) ? column : undefined);
  }
  if (written.size === 0) return;
  addSources(written);
  const direct = new Set(written.keys());
  const mayRename = facts.step === undefined || facts.step.kind === "attribute";
  for (const object of direct) {
    object.changeAt(run.now);
    if (facts.must) run.recorder.knownChange(object);
    if (mayRename || !objects.has(object)) object.set("renamed", run.now);
    if (object.type === "builtins.file") writeThrough(run, object, facts.span);
    if (object.resume !== undefined) resume(run, object, object.resume);
  }
  if (facts.views) {
    const isComplete = addSharers(written, mostAliases);
    for (const [object, only] of written) {
      if (!isComplete && object.region !== undefined) writeRegion(run, object.region, facts.base ?? "");
      else if (!direct.has(object)) writeShared(run, object, only, facts.base ?? "");
      if (facts.must) run.recorder.knownChange(object);
    }
  }
  const paths = pathsTo(written.keys(), run.now);
  run.pay(Math.floor(paths.size / holdersAStep));
  noteParameters(run, paths);
  let told = 0;
  for (const [object, path] of paths) {
    const isDirect = path.length === 0 && objects.has(object);
    if (told >= mostAliases) break;
    for (const name of object.names) {
      if (told >= mostAliases) break;
      const binding = run.module.layer.get(name);
      if (binding === undefined || !binding.value.has(object)) continue;
      const isBase = name === facts.base;
      told++;
      for (const { definition, parameters } of run.activations) {
        if (definition !== undefined && !isGiven(parameters, paths)) {
          add(run.journal, definition, definition.freeChanges, name);
        }
      }
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
}

/** A function never changes but for attributes that are set on it. */
function setsAttribute(object: AbstractObject, objects: Value, { step }: Change): boolean {
  return object.callable?.kind === "function" && step?.kind === "attribute" && objects.has(object);
}

/** An iterator that goes on takes from those that it was made of. */
function addSources(written: Written): void {
  for (const object of written.keys()) {
    if (!isIterator(object)) continue;
    for (const source of object.fields.get("~")?.keys() ?? []) if (isIterator(source)) written.set(source, undefined);
  }
}

/** Going through an object will do it, now and at every later statement that does. */
export function postpone(run: Interpreter, object: AbstractObject, again: () => void): void {
  if (object.resume === undefined) object.set("resume", { done: run.now, again });
}

function resume(run: Interpreter, object: AbstractObject, what: Resume): void {
  if (what.done >= run.now || !run.burn()) return;
  assign(run.journal, object, what, "done", run.now);
  run.maybe(what.again);
}

/** What is written to a file that an earlier statement opened is in the file. */
function writeThrough(run: Interpreter, file: AbstractObject, span: Span): void {
  if (typeof file.constant === "string" && file.made < run.now) noteFile(run, "append", file.constant, span);
}

/** Everything that holds the objects that change now, with the steps that lead to them; it is told of the change. */
function pathsTo(objects: Iterable<AbstractObject>, now: number): Map<AbstractObject, readonly PathStep[]> {
  const paths = new Map<AbstractObject, readonly PathStep[]>();
  for (const object of objects) paths.set(object, []);
  for (const [object, path] of paths) {
    for (const [holder, field] of object.holders) {
      holder.set("below", now);
      if (!paths.has(holder)) paths.set(holder, path.length < 6 ? [stepOf(field), ...path] : path);
    }
  }
  return paths;
}

function stepOf(field: string): PathStep {
  if (field.startsWith(".")) return { kind: "attribute", name: field.slice(1) };
  return { kind: "item", name: field.startsWith("[") ? field.slice(1) : "*" };
}

/** Whether a function has what changes from its caller. */
function isGiven(
  parameters: ReadonlyMap<AbstractObject, string>,
  paths: ReadonlyMap<AbstractObject, unknown>,
): boolean {
  for (const object of parameters.keys()) if (paths.has(object)) return true;
  return false;
}

function noteParameters(run: Interpreter, paths: ReadonlyMap<AbstractObject, unknown>): void {
  for (const { definition, parameters } of run.activations) {
    if (definition === undefined) continue;
    for (const [object, name] of parameters) {
      if (paths.has(object)) add(run.journal, definition, definition.changesParameters, name);
    }
  }
}
