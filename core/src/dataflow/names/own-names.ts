import type { Interpreter } from "../interpreter.ts";
import type { Value } from "../objects/value.ts";
import type { Layer, OwnNames } from "./frame.ts";

// While a module's code runs its names are bound one after another. From then on they are the module's attributes,
// which others can set too.

/** What a name of an own module is bound to; `undefined` for one that it has not. */
export function ownValue(run: Interpreter, { module }: OwnNames, name: string): Value | undefined {
  const frame = run.importing.get(module);
  const value = frame === undefined ? run.heap.attribute(module, name) : frame.layer.get(name)?.value;
  return value === undefined || value.size === 0 ? undefined : value;
}

/** Gives an own module a name. */
export function setOwn(run: Interpreter, { module }: OwnNames, name: string, value: Value): void {
  const frame = run.importing.get(module);
  if (frame === undefined) run.heap.hold(module, `.${name}`, value, run.now);
  else frame.layer.set(name, { value, definers: [run.now], certain: true });
}

/** The names that an own module has. */
export function ownNames(run: Interpreter, { module }: OwnNames): readonly string[] {
  const frame = run.importing.get(module);
  if (frame === undefined) {
    return [...module.fields.keys()].flatMap((field) => (field.startsWith(".") ? [field.slice(1)] : []));
  }
  const names = new Set<string>();
  for (let layer: Layer | undefined = frame.layer; layer !== undefined; layer = layer.below) {
    for (const name of layer.own.keys()) names.add(name);
  }
  return [...names];
}
