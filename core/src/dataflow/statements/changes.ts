import type { Span } from "../../text/position.ts";
import { assign } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Access, PathStep } from "../model.ts";
import { tablesWith } from "../objects/axes.ts";
import { type AbstractObject, isIterator } from "../objects/objects.ts";
import { isFile } from "../objects/open-files.ts";
import { changeReach, type Reach, reachOf, watch } from "../objects/reach.ts";
import { addSharers, columnOf, type Written, writeRegion, writeShared } from "../objects/shared-memory.ts";
import { cells } from "../objects/table-cells.ts";
import type { Resume } from "../objects/traits.ts";
import type { Value } from "../objects/value.ts";
import { noteFile } from "../process/files.ts";
import { noteParameters, tellNames } from "./told-changes.ts";

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

/** Beyond so many objects that share memory they are written to all at once. */
const mostSharers = 100;

/** So many holders are gone through for what one step of the abstract run costs. */
const holdersAStep = 16;

/** Notes that objects change: on them, on the memory they share, and on every global name that reaches them. */
export function change(run: Interpreter, objects: Value, facts: Change): void {
  const { written, around, reaches } = extentOf(run, objects, facts);
  if (written.size === 0 && reaches.length === 0) return;
  addSources(written);
  const direct = new Set(written.keys());
  for (const object of direct) changeOne(run, object, objects, facts);
  if (facts.views) changeSharers(run, written, direct, facts);
  for (const object of objects) changeTables(run, object, written);
  const paths = pathsTo([...written.keys(), ...around], run.now);
  run.pay(Math.floor(paths.size / holdersAStep));
  const reached = { paths, written, reaches };
  noteParameters(run, reached);
  tellNames(run, objects, facts, reached);
}

/** What a change is of. */
interface Extent {
  /** Objects on which it is noted, one by one. */
  readonly written: Written;
  /** Objects that cannot change, but hold some that do and are not in `written`. */
  readonly around: ReadonlySet<AbstractObject>;
  /** Large containers of which all may change. */
  readonly reaches: readonly Reach[];
}

function extentOf(run: Interpreter, objects: Value, facts: Change): Extent {
  const column = columnOf(facts.step);
  const written: Written = new Map();
  const around = new Set<AbstractObject>();
  const reaches: Reach[] = [];
  const canChange = (object: AbstractObject) =>
    object.mutable || object.qualified !== undefined || setsAttribute(object, objects, facts);
  const found = new Set(objects);
  for (const object of found) {
    if (canChange(object)) written.set(object, objects.has(object) ? column : undefined);
    if (!facts.deep) continue;
    const reach = facts.must ? undefined : reachOf(object);
    if (reach === undefined) {
      for (const held of object.held()) found.add(held);
      continue;
    }
    changeReach(reach, run.now, run.journal);
    reaches.push(reach);
  }
  for (const part of new Set(reaches.flatMap(({ watched }) => [...watched]))) {
    if (!canChange(part)) around.add(part);
    else if (!written.has(part)) written.set(part, undefined);
  }
  return { written, around, reaches };
}

function changeOne(run: Interpreter, object: AbstractObject, objects: Value, facts: Change): void {
  object.changeAt(run.now);
  if (facts.must) run.recorder.knownChange(object);
  const mayRename = facts.step === undefined || facts.step.kind === "attribute";
  if (mayRename || !objects.has(object)) object.set("renamed", run.now);
  if (object.constant !== undefined) writeThrough(run, object, facts.span);
  if (object.resume !== undefined) resume(run, object, object.resume);
}

/** Adds what shares memory with what is written to, and notes the change on it. */
function changeSharers(run: Interpreter, written: Written, direct: ReadonlySet<AbstractObject>, facts: Change): void {
  const isComplete = addSharers(written, mostSharers);
  for (const [object, only] of written) {
    if (!isComplete && object.region !== undefined) writeRegion(run, object.region, facts.base ?? "");
    else if (!direct.has(object)) writeShared(run, object, only, facts.base ?? "");
    if (facts.must) run.recorder.knownChange(object);
  }
}

/** Notes the change of an axis on all tables that may have it. */
function changeTables(run: Interpreter, axis: AbstractObject, written: Written): void {
  for (const table of tablesWith(run, axis)) {
    if (written.has(table)) continue;
    table.changeAt(run.now);
    written.set(table, undefined);
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
  if (object.resume !== undefined) return;
  object.set("resume", { done: run.now, again });
  watch(object, run.journal);
}

function resume(run: Interpreter, object: AbstractObject, what: Resume): void {
  if (what.done >= run.now || !run.burn()) return;
  assign(run.journal, object, what, "done", run.now);
  run.maybe(what.again);
}

/** What is written to a file that an earlier statement opened is in the file. */
function writeThrough(run: Interpreter, file: AbstractObject, span: Span): void {
  if (typeof file.constant !== "string" || file.made >= run.now) return;
  if (isFile(run.catalog, file)) noteFile(run, "append", file.constant, span);
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
  if (field === cells) return { kind: "item", name: "*" };
  if (field.startsWith(".")) return { kind: "attribute", name: field.slice(1) };
  return { kind: "item", name: field.startsWith("[") ? field.slice(1) : "*" };
}
