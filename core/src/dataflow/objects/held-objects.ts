import type { HeldObject } from "../model.ts";
import { type AnalysisState, bindingOf } from "../state.ts";
import type { NotebookClass, NotebookFunction } from "./callable.ts";
import type { AbstractObject } from "./objects.ts";

/** Methods by which a class says itself what of an instance is saved. */
const saving = new Set(["__getstate__", "__reduce__", "__reduce_ex__"]);

/**
 * Everything that saving a name's value would save after the statement at a position, the value first: what it holds,
 * directly or not, but for functions' and classes' own parts and for instances of classes that say themselves what is
 * saved.
 */
export function heldAt(state: AnalysisState, position: number, name: string): readonly HeldObject[] {
  const seen = new Set(bindingOf(state, position, name)?.value);
  const held: HeldObject[] = [];
  for (const object of seen) {
    held.push(describe(state, object));
    if (object.callable?.kind === "function" || object.callable?.kind === "class" || object.qualified !== undefined)
      continue;
    if (savesItself(object)) continue;
    for (const part of object.held(position, true)) seen.add(part);
  }
  return held;
}

function describe(state: AnalysisState, { type, made, callable }: AbstractObject): HeldObject {
  const madeBy = state.drafts[made]?.id;
  return {
    ...(madeBy === undefined ? {} : { madeBy }),
    ...(type === undefined ? {} : { type }),
    ...(callable === undefined || callable.kind === "bound" ? {} : { code: codeOf(callable) }),
  };
}

function codeOf(callable: NotebookFunction | NotebookClass): Exclude<HeldObject["code"], undefined> {
  const { kind, name, node } = callable;
  return { kind, name, node, isNamed: kind === "class" || callable.definition === node };
}

function savesItself({ classes }: AbstractObject): boolean {
  return [...classes].some(
    ({ callable }) =>
      callable?.kind === "class" &&
      callable.node.body.some((each) => each.type === "FunctionDef" && saving.has(each.name.name)),
  );
}
