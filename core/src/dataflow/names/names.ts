import type { Span } from "../../text/position.ts";
import { cellsOf } from "../calls/captured.ts";
import { add } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import type { PathStep } from "../model.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { nameInReaches } from "../objects/reach.ts";
import { nothing, type Value } from "../objects/value.ts";
import { change } from "../statements/changes.ts";
import { type Binding, type Frame, joinBindings, type OwnNames } from "./frame.ts";
import { isInjected } from "./injected-names.ts";
import { ownValue, setOwn } from "./own-names.ts";

/** Where a name lives, and what it is bound to. */
export interface Resolved {
  readonly frame: Frame;
  readonly binding: Binding | undefined;
}

/** Finds a name as Python would from the running block. */
export function resolve(run: Interpreter, name: string): Resolved {
  for (let frame: Frame | undefined = run.frame, isOuter = false; frame !== undefined; frame = frame.parent) {
    if (frame.kind === "module" || frame.globals.has(name)) break;
    if (frame.kind === "class" && isOuter) continue;
    if (frame.kind === "function") isOuter = true;
    if (frame.nonlocals.has(name)) continue;
    const binding = frame.layer.get(name);
    if (binding !== undefined || frame.locals?.has(name)) return { frame, binding };
  }
  const { root } = run.frame;
  if (root.own === undefined) return { frame: root, binding: root.layer.get(name) };
  const value = ownValue(run, root.own, name);
  return { frame: root, binding: value && { value, definers: [], certain: true } };
}

/** Notes that a global is read: an access, edges from what bound it and from what changed what is read of it. */
export function readGlobal(
  run: Interpreter,
  name: string,
  use: { readonly path: readonly PathStep[]; readonly span: Span; readonly along: Value; readonly value: Value },
): void {
  const binding = run.module.layer.get(name);
  const isOwn = binding?.certain === true && binding.definers.every((definer) => definer === run.now);
  const facts = {
    kind: "read" as const,
    name,
    path: use.path,
    must: run.must,
    span: run.spanOf(use.span),
    through: run.through,
  };
  if (binding === undefined) {
    if (isInjected(name)) return;
    run.recorder.access(facts);
    noteFree(run, "freeReads", name);
    const opened = run.opened.at(-1);
    if (opened !== undefined) run.recorder.edge(opened.position, run.now, "value", name, false, opened.why);
    else {
      run.recorder.undefinedRead({ ...facts, must: run.must && run.tries === 0 });
    }
    return;
  }
  noteFree(run, "freeReads", name);
  if (isOwn && use.path.length === 0 && run.through === undefined) return;
  if (!isOwn) run.recorder.access(facts);
  const kind = run.through === undefined ? "value" : "free-variable";
  const isSure = binding.certain && binding.definers.length === 1;
  for (const definer of binding.definers) run.recorder.edge(definer, run.now, kind, name, isSure && run.must);
  const opened = run.opened.at(-1);
  if (opened !== undefined && opened.position > (binding.definers[0] ?? -1)) {
    run.recorder.edge(opened.position, run.now, "change", name, false, opened.why);
  }
  const since = binding.definers.length === 0 ? -1 : Math.min(...binding.definers);
  dependOnChanges(run, name, use.along, since, false);
  dependOnChanges(run, name, use.value, since, true);
}

/**
 * Edges from what changed the objects (and what they hold) after `since`. A change covers all earlier changes of what
 * the object holds, because whoever made it had read them: so a container that grows is not gone through at every read.
 */
function dependOnChanges(run: Interpreter, name: string, value: Value, since: number, deep: boolean): void {
  const mark = run.nextMark();
  const objects: AbstractObject[] = [];
  const bounds: number[] = [];
  for (const object of value) {
    object.mark = mark;
    objects.push(object);
    bounds.push(since);
  }
  for (let at = 0; at < objects.length; at++) {
    const object = objects[at] as AbstractObject;
    const bound = bounds[at] as number;
    const last = object.lastChange(run.now - 1);
    const shared = object.memory.size === 0 ? -1 : object.lastSharedChange(run.now - 1);
    for (const change of last === shared ? [last] : [last, shared]) {
      if (change <= bound) continue;
      const by = run.recorder.drafts[change];
      const kind = by?.changedByName.has(name) ? "change" : "alias";
      run.recorder.edge(change, run.now, kind, name, run.must && by?.knownChanges.has(object) === true);
    }
    const covered = Math.max(last, bound);
    const { regionWritten } = run.heap;
    if (!deep || Math.max(object.lastBelow(), regionWritten) <= covered) continue;
    for (const held of object.fields.values()) {
      for (const one of held.keys()) {
        if (one.mark === mark) continue;
        one.mark = mark;
        // Of very many mostly one or two have changed: the others are passed over at the least cost.
        if (regionWritten <= covered && one.isUntouchedSince(covered)) continue;
        objects.push(one);
        bounds.push(covered);
      }
    }
  }
}

/** Binds a name in the running block. */
export function bindName(run: Interpreter, name: string, value: Value, span: Span): void {
  let frame = run.frame;
  while (frame.kind === "comprehension" && frame.parent !== undefined && frame.locals?.has(name) !== true) {
    frame = frame.parent;
  }
  if (frame.globals.has(name)) frame = frame.root;
  if (frame.own !== undefined) {
    bindOwn(run, frame.own, name, value, span);
    return;
  }
  if (frame.nonlocals.has(name)) {
    const home = enclosing(frame, name);
    if (home === undefined) return;
    const cells = new Set([cellsOf(run, home)]);
    change(run, cells, { path: [], span, must: true, deep: false, views: false });
    const before = home.layer.get(name);
    home.layer.set(
      name,
      joinBindings([
        before ?? { value, definers: [run.now], certain: true },
        { value, definers: [run.now], certain: true },
      ]),
    );
    return;
  }
  frame.layer.set(name, { value, definers: [run.now], certain: true });
  if (frame !== run.module) return;
  run.touched.add(name);
  for (const object of value) {
    object.nameIt(name);
    nameInReaches(object, name, run.journal);
  }
  noteFree(run, "freeBinds", name);
  run.recorder.access({
    kind: "bind",
    name,
    path: [],
    must: run.must,
    span: run.spanOf(span),
    through: run.through,
  });
}

/** Binds a name at the top of an own module; by one of its functions, that changes the module. */
function bindOwn(run: Interpreter, own: OwnNames, name: string, value: Value, span: Span): void {
  setOwn(run, own, name, value);
  if (run.importing.has(own.module)) return;
  const step = { kind: "attribute", name } as const;
  change(run, new Set([own.module]), { path: [step], step, span, must: false, deep: false, views: false });
}

/** `del name`, which fails where there is no such name. */
export function deleteName(run: Interpreter, name: string, span: Span): void {
  const { frame, binding } = resolve(run, name);
  if (frame === run.module) readGlobal(run, name, { path: [], span, along: nothing, value: binding?.value ?? nothing });
  unbindName(run, name, span);
}

/** A name is gone, if there was one. */
export function unbindName(run: Interpreter, name: string, span: Span): void {
  const { frame } = resolve(run, name);
  if (frame === run.module) {
    run.touched.add(name);
    run.recorder.access({
      kind: "delete",
      name,
      path: [],
      must: run.must,
      span: run.spanOf(span),
      through: run.through,
    });
    noteFree(run, "freeBinds", name);
  }
  frame.layer.delete(name);
}

/** Tells the definitions that are being followed that their body uses a global. */
export function noteFree(run: Interpreter, what: "freeReads" | "freeChanges" | "freeBinds", name: string): void {
  for (const { definition } of run.activations)
    if (definition !== undefined) add(run.journal, definition, definition[what], name);
}

function enclosing(frame: Frame, name: string): Frame | undefined {
  for (let outer = frame.parent; outer !== undefined && outer.kind !== "module"; outer = outer.parent) {
    if (outer.kind === "function" && outer.locals?.has(name)) return outer;
  }
  return undefined;
}
