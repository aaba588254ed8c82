import type * as ast from "../../python/ast.ts";
import { callMethod, classMember } from "../calls/notebook-call.ts";
import { ask } from "../calls/protocols.ts";
import { noArguments } from "../calls/returned.ts";
import type { Interpreter } from "../interpreter.ts";
import type { PathStep } from "../model.ts";
import { bindName } from "../names/names.ts";
import { bindOneOf, isNamespace, namesFor } from "../names/namespace.ts";
import { follow, readPath, stepTo } from "../objects/access-path.ts";
import { elementsOf, knownKey } from "../objects/items.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { fillColumn } from "../objects/table-cells.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { change } from "./changes.ts";
import { evaluate } from "./evaluate.ts";

/** `target = value`, whatever the target is. */
export function assign(run: Interpreter, target: ast.Expr, value: Value): void {
  switch (target.type) {
    case "Name":
      bindName(run, target.id, value, target);
      break;
    case "Tuple":
    case "List":
      unpack(run, target, value);
      break;
    case "Starred":
      assign(run, target.value, value);
      break;
    case "Attribute":
      assignAttribute(run, target, value);
      break;
    case "Subscript":
      assignItem(run, target, value);
      break;
    default:
      evaluate(run, target);
  }
}

function unpack(run: Interpreter, target: ast.Display, value: Value): void {
  const starred = target.elts.findIndex((elt) => elt.type === "Starred");
  const exact = [...value].every((object) => object.fields.size > 0 && !object.fields.has("*"));
  const any = exact && value.size > 0 ? nothing : elementsOf(run, value, target);
  target.elts.forEach((elt, at) => {
    const isExact = exact && value.size > 0 && (starred === -1 || at < starred);
    if (elt.type === "Starred") {
      const rest = run.at(elt, { type: "builtins.list" });
      const items = exact ? run.heap.items(value) : any;
      for (const list of rest) run.heap.hold(list, "*", items, run.now);
      assign(run, elt.value, rest);
      return;
    }
    const item = isExact ? run.heap.items(value, at) : exact ? run.heap.items(value) : any;
    assign(run, elt, item.size > 0 ? item : run.at(elt, { mutable: true }));
  });
}

function assignAttribute(run: Interpreter, target: ast.Attribute, value: Value): void {
  const base = follow(run, target.value);
  readPath(run, base, target.value);
  const name = target.attr.name;
  callMethod(run, base.value, `${name} setter`, { ...noArguments, positional: [value] }, target);
  ask(run, base.value, ["__setattr__"], { ...noArguments, starred: value }, target);
  for (const object of base.value) {
    const described = union(...[...object.classes].map((one) => classMember(run, one, name)));
    ask(run, described, ["__set__"], { ...noArguments, positional: [new Set([object]), value] }, target);
  }
  configure(run, base.value, name);
  if (name === "__dict__")
    for (const object of base.value) for (const names of value) run.heap.share(object, names, run.now);
  const isTable = [...base.value].some(
    ({ type }) => type !== undefined && run.catalog.hasColumns(type) && run.catalog.attribute(type, name) === undefined,
  );
  const step: PathStep = { kind: isTable ? "column" : "attribute", name };
  for (const object of base.value) {
    run.heap.hold(object, isTable ? `[${name}` : `.${name}`, isTable ? nothing : value, run.now);
  }
  if ([...base.value].some(({ qualified }) => qualified === "builtins")) {
    // What the builtins have, every module has by its name.
    run.within(run.module, () => bindName(run, name, value, target));
  }
  const writesThrough = [...base.value].some(({ type }) => type === undefined || !madeAnew.has(type));
  change(run, base.value, {
    path: [...base.path, step],
    step,
    span: target,
    base: base.name,
    must: true,
    deep: false,
    views: writesThrough,
  });
}

/** What a library holds is for the whole process. */
function configure(run: Interpreter, libraries: Value, name: string): void {
  for (const { qualified } of libraries) {
    if (qualified !== undefined && qualified !== "builtins") run.recorder.configures(`${qualified}.${name}`);
  }
}

/** Asked for again, what shares memory with another is another object: an attribute of it is no attribute of that one. */
const madeAnew: ReadonlySet<string> = new Set(["pandas.DataFrame", "pandas.Series", "torch.Tensor"]);

/** Whether items are set without touching what was taken from the object before. */
function keepsViews({ type, memory }: AbstractObject): boolean {
  return type === "pandas.DataFrame" || ((type === "builtins.dict" || type === "builtins.list") && memory.size === 0);
}

function assignItem(run: Interpreter, target: ast.Subscript, value: Value): void {
  if (isNamespace(run, target.value)) {
    const names = namesFor(evaluate(run, target.slice));
    if (names !== undefined) {
      bindOneOf(run, names, value, target);
      return;
    }
  }
  const base = follow(run, target.value);
  readPath(run, base, target.value);
  const key = evaluate(run, target.slice);
  callMethod(run, base.value, "__setitem__", { ...noArguments, positional: [key, value] }, target);
  const known = knownKey(target.slice, key);
  configure(run, base.value, `${known ?? "*"}`);
  for (const object of base.value) {
    const isOwnMemory =
      object.type?.startsWith("pandas.") || object.type === "numpy.ndarray" || object.type === "torch.Tensor";
    if (!isOwnMemory) run.heap.hold(object, known === undefined ? "*" : `[${known}`, value, run.now);
    if (object.type?.startsWith("pandas.")) fillColumn(run, object, value, target);
  }
  const isColumn =
    target.slice.type === "Constant" ||
    target.slice.type === "List" ||
    (key.size > 0 && [...key].every(({ type }) => type === "builtins.str"));
  const isWhole = isColumn && [...base.value].every(keepsViews);
  const step = stepTo(run, base.value, target.slice, key);
  change(run, indexed(base.value), {
    path: [...base.path, step],
    step,
    span: target,
    base: base.name,
    must: true,
    deep: false,
    views: !isWhole,
  });
}

/** What is written by `x.loc[...] = value`: the table, not the indexer. */
function indexed(value: Value): Value {
  return union(
    ...[...value].map((object) =>
      object.type === "pandas.Indexer" ? new Set(object.memory.keys()) : new Set([object]),
    ),
  );
}

/** `target op= value`: binds a name anew, and changes the object where it can be changed in place. */
export function unaugmented(value: Value, made: Value): Value {
  const kept = [...value].filter(({ mutable }) => mutable);
  return kept.length === value.size && value.size > 0 && kept.every(({ type }) => type !== undefined)
    ? new Set(kept)
    : union(new Set(kept), made);
}
