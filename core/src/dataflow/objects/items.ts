import type { Returned } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import { handOver } from "../calls/handed-over.ts";
import { applyEffect } from "../calls/library-call.ts";
import { callMethod, methodsOf } from "../calls/notebook-call.ts";
import { build, noArguments } from "../calls/returned.ts";
import type { Interpreter } from "../interpreter.ts";
import { change } from "../statements/changes.ts";
import { type AbstractObject, isIterator } from "./objects.ts";
import { spanOf } from "./places.ts";
import { inCells, keepCells } from "./table-cells.ts";
import { constantOf, nothing, union, unionOf, type Value } from "./value.ts";

/** What a loop over the value gives. */
export function elementsOf(run: Interpreter, value: Value, site: object): Value {
  return unionOf([...value].map((object) => elementsOfOne(run, object, site)));
}

/** As `elementsOf`, but the values of a dictionary, not its keys. */
export function contentsOf(run: Interpreter, value: Value, site: object): Value {
  return unionOf(
    [...value].map((object) => {
      const held = isMapping(object) ? run.heap.items(new Set([object])) : nothing;
      return held.size > 0 ? held : elementsOfOne(run, object, site);
    }),
  );
}

/** What `value[key]` gives. */
export function itemsOf(run: Interpreter, value: Value, slice: ast.Expr, key: Value, site: object): Value {
  return unionOf([...value].map((object) => itemOfOne(run, object, slice, key, site)));
}

/**
 * The one text or number that a key is, as it stands or by what it denotes (`df[TARGET]`). Numbers that count from the
 * end are none: the same element has another number from the front.
 */
export function knownKey(slice: ast.Expr, key: Value): string | number | undefined {
  const constant = slice.type === "Constant" ? slice.value : constantOf(key);
  if (typeof constant === "number") return constant < 0 ? undefined : constant;
  return typeof constant === "string" ? constant : undefined;
}

function elementsOfOne(run: Interpreter, object: AbstractObject, site: object): Value {
  const self = new Set([object]);
  if (isIterator(object) && object.made < run.now) {
    change(run, self, { path: [], span: spanOf(site), must: true, deep: false, views: false });
  }
  const own = callMethod(run, self, "__iter__", noArguments, site);
  if (own !== undefined) {
    // An iterator of the notebook gives what its `__next__` gives: most are their own iterator.
    const isOfNotebook = (one: AbstractObject) =>
      ["__next__", "__iter__"].some((name) => methodsOf(run, one, name).length > 0);
    const yielded = elementsOf(run, new Set([...own].filter((one) => !isOfNotebook(one))), own);
    return union(yielded, callMethod(run, own, "__next__", noArguments, site) ?? nothing);
  }
  const byIndex = callMethod(run, self, "__getitem__", noArguments, site);
  if (byIndex !== undefined) return byIndex;
  const held = run.heap.items(self);
  const type = object.type;
  if (isMapping(object) && held.size > 0) return keysOf(run, object, held);
  if (type !== undefined) {
    const iteration = run.catalog.iteration(type);
    // What it makes is another object than what the call makes that goes through it.
    if (iteration !== undefined)
      applyEffect(run, { ...iteration, self, args: { ...noArguments, self }, site: run.places.of(site, "__iter__") });
    if (!type.startsWith("builtins.")) handOver(run, self, nothing, site);
  }
  const known = type === undefined ? undefined : run.catalog.element(type);
  if (known !== undefined) {
    return union(build(run, known, { ...noArguments, self }, {}, run.places.of(object, "each")), inCells(run, object));
  }
  if (held.size > 0) return held;
  return derived(run, object, "*", "each");
}

const mappings: ReadonlySet<string> = new Set([
  "builtins.dict",
  ...["OrderedDict", "defaultdict"].map((name) => `collections.${name}`),
]);

/** True for an object that is known to be a dictionary or the like. */
export function isMapping({ type }: AbstractObject): boolean {
  return type !== undefined && mappings.has(type);
}

/** What iterating over a dictionary gives: texts where every key is one; otherwise perhaps also what it holds, as a key. */
function keysOf(run: Interpreter, object: AbstractObject, held: Value): Value {
  const place = run.places.of(object, "key");
  const fields = [...object.fields.keys()];
  if (fields.every((field) => field.startsWith("["))) {
    const isText = fields.every((field) => Number.isNaN(Number(field.slice(1))));
    return run.at(place, { mutable: false, ...(isText ? { type: "builtins.str" } : {}) });
  }
  return union(held, run.at(place, { mutable: false }));
}

function itemOfOne(run: Interpreter, object: AbstractObject, slice: ast.Expr, key: Value, site: object): Value {
  const self = new Set([object]);
  const own = callMethod(run, self, "__getitem__", { ...noArguments, positional: [key] }, site);
  if (own !== undefined) return own;
  if (slice.type === "Slice" && (object.type === "builtins.list" || object.type === "builtins.tuple")) {
    const copy = run.at(site, { type: object.type, mutable: object.mutable });
    for (const one of copy) run.heap.hold(one, "*", run.heap.items(self), run.now);
    return copy;
  }
  const literal = knownKey(slice, key);
  if (object.type === "collections.defaultdict" && !object.fields.has(`[${literal}`)) {
    const why = "a key that is missing is added";
    change(run, self, { path: [], span: spanOf(site), must: false, deep: false, views: false, why });
  }
  const held = run.heap.items(self, literal);
  if (held.size > 0) return held;
  const kind = slice.type === "Slice" ? "slice" : typeof literal === "string" ? "text" : "other";
  const known = object.type === undefined ? undefined : run.catalog.item(object.type, kind);
  if (known !== undefined) {
    if (typeof literal === "string") {
      const column = columnView(run, object, literal, known);
      return object.type === "pandas.Series" ? union(column, inCells(run, object)) : column;
    }
    const place = literal === undefined ? site : run.places.of(object, `[${literal}`);
    const made = build(run, known, { ...noArguments, self }, {}, place);
    keepCells(run, self, made);
    return union(made, inCells(run, object));
  }
  if (object.qualified !== undefined) return run.at(site, { mutable: true });
  return derived(run, object, literal === undefined ? "*" : `[${literal}`, `[${literal ?? ""}`);
}

/**
 * Parts of parts, of which nothing is known, are told apart to here; below, each is its own part. A function that goes
 * down into what it is given, again and again, would make more of them without end.
 */
const deepest = 5;

/** A part of an object of which nothing else is known: held by it from now on. */
export function derived(run: Interpreter, object: AbstractObject, field: string, place: string): Value {
  if (object.depth >= deepest) return new Set([object]);
  const depth = object.depth + 1;
  if (!object.mutable && object.callable === undefined && object.type !== "builtins.tuple") {
    return new Set([run.heap.at(object, place, { mutable: object.type === undefined, depth }, run.now)]);
  }
  const one = new Set([run.heap.at(object, place, { mutable: true, depth }, run.now)]);
  run.heap.hold(object, field, one, run.now);
  // A part of what shares memory shares it too: the tensors of a `state_dict()` are the model's own.
  if (object.memory.size > 0) for (const part of one) run.heap.share(part, object, run.now);
  return one;
}

/** What a table gives for the name of a column; a view of that column only, where it is one. */
export function columnView(run: Interpreter, table: AbstractObject, name: string, known: Returned): Value {
  const made = build(run, known, { ...noArguments, self: new Set([table]) }, {}, run.places.of(table, `[${name}`));
  keepCells(run, new Set([table]), made);
  for (const view of made) {
    const since = view.memory.get(table);
    if (since !== undefined && view.column === undefined) view.set("column", { of: table, name, since });
  }
  return made;
}
