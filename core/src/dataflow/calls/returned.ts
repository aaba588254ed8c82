import type { ArgumentSelector, Effect, Returned } from "../../effects/effect.ts";
import type { Interpreter } from "../interpreter.ts";
import { contentsOf, elementsOf, isMapping } from "../objects/items.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { cells, fillWith } from "../objects/table-cells.ts";
import { nothing, union, type Value } from "../objects/value.ts";
import { copyDeeply } from "./deep-copies.ts";

/** What a call is given. */
export interface CallArguments {
  readonly self: Value | undefined;
  readonly positional: readonly Value[];
  /** What `*value` holds. */
  readonly starred: Value | undefined;
  readonly keywords: ReadonlyMap<string, Value>;
  /** What `**value` holds. */
  readonly doubled: Value | undefined;
}

export const noArguments: CallArguments = {
  self: undefined,
  positional: [],
  starred: undefined,
  keywords: new Map(),
  doubled: undefined,
};

/** Every argument, the receiver left out. */
export function allArguments(args: CallArguments): Value {
  return union(...args.positional, args.starred ?? nothing, ...args.keywords.values(), args.doubled ?? nothing);
}

/** The argument that a selector means; nothing where it is not given. */
export function select(
  args: CallArguments,
  selector: ArgumentSelector,
  effect: Pick<Effect, "signature">,
  each: Value = nothing,
): Value {
  if (selector === "self") return args.self ?? nothing;
  if (selector === "*") return allArguments(args);
  if (selector === "each") return each;
  if (typeof selector === "number") {
    const name = effect.signature?.[selector];
    const named = name === undefined ? nothing : (args.keywords.get(name) ?? args.doubled ?? nothing);
    return union(args.positional[selector] ?? args.starred ?? nothing, named);
  }
  const at = effect.signature?.indexOf(selector) ?? -1;
  return union(
    args.keywords.get(selector) ?? args.doubled ?? nothing,
    at === -1 ? nothing : (args.positional[at] ?? args.starred ?? nothing),
  );
}

/** What the table says that a call gives, as objects. `site` is the call. */
export function build(
  run: Interpreter,
  returned: Returned,
  args: CallArguments,
  effect: Pick<Effect, "signature">,
  site: object,
  results: ReadonlyMap<string, Value> = new Map(),
): Value {
  return new Builder(run, args, effect, site, results).build(returned, "", nothing);
}

/** What was computed by a model may change it (`loss.backward()`): a tensor remembers what its operands remember. */
export function remember(run: Interpreter, made: AbstractObject, operands: Value): void {
  if (made.type !== "torch.Tensor") {
    if (made.type === "builtins.iterator") run.heap.hold(made, "~", operands, run.now);
    return;
  }
  for (const operand of operands) {
    const memories = operand.fields.get("~");
    if (memories !== undefined) run.heap.hold(made, "~", new Set(memories.keys()), run.now);
    else if (operand.mutable && operand.type !== made.type && !isPlainData(operand)) {
      run.heap.hold(made, "~", new Set([operand]), run.now);
    }
  }
}

function isPlainData({ type }: AbstractObject): boolean {
  return type === undefined || /^(numpy|pandas|builtins)\./.test(type);
}

class Builder {
  readonly #run: Interpreter;
  readonly #args: CallArguments;
  readonly #effect: Pick<Effect, "signature">;
  readonly #site: object;
  readonly #results: ReadonlyMap<string, Value>;

  constructor(
    run: Interpreter,
    args: CallArguments,
    effect: Pick<Effect, "signature">,
    site: object,
    results: ReadonlyMap<string, Value>,
  ) {
    this.#run = run;
    this.#args = args;
    this.#effect = effect;
    this.#site = site;
    this.#results = results;
  }

  build(returned: Returned, place: string, each: Value): Value {
    const { heap, now } = this.#run;
    switch (returned.kind) {
      case "none":
        return this.#make(place, { type: "builtins.NoneType", mutable: false });
      case "argument":
        return this.#or(this.#select(returned.of, each), place);
      case "element": {
        const elements = this.#elements(returned.of, each);
        return this.#or(returned.type === undefined ? elements : this.#ofType(elements, returned.type), place);
      }
      case "result":
        return this.#or(this.#results.get(returned.method) ?? nothing, place);
      case "view": {
        const of = this.#select(returned.of, each);
        const made = this.#typed(returned.type, place, each);
        for (const view of made) {
          for (const object of of) if (object.mutable) heap.share(view, object, now);
          remember(this.#run, view, of);
          if (returned.elements !== undefined) {
            heap.hold(view, "*", this.build(returned.elements, `${place}e`, each), now);
          }
        }
        return made;
      }
      case "new": {
        const made = this.#typed(returned.type, place, each);
        for (const object of made) {
          for (const selector of returned.holds ?? []) heap.hold(object, "*", this.#select(selector, each), now);
          for (const selector of returned.holdsElements ?? []) {
            heap.hold(object, "*", this.#elements(selector, each, isMapping(object)), now);
          }
          for (const selector of returned.fills ?? []) {
            heap.hold(object, cells, fillWith(this.#run, object, this.#select(selector, each), this.#site), now);
          }
          for (const selector of returned.deep ?? []) {
            for (const original of this.#select(selector, each)) copyDeeply(this.#run, object, original, this.#site);
          }
          for (const selector of returned.copies ?? []) this.#copyFields(object, this.#select(selector, each));
          for (const selector of returned.remembers ?? []) remember(this.#run, object, this.#select(selector, each));
          if (returned.elements !== undefined) {
            heap.hold(object, "*", this.build(returned.elements, `${place}e`, each), now);
          }
        }
        return made;
      }
      case "tuple":
        return this.#tuple(returned.items, place, each);
      case "unknown": {
        const made = this.#make(place, { mutable: true });
        const args = union(this.#args.self ?? nothing, allArguments(this.#args));
        for (const object of made) for (const other of args) if (other.mutable) heap.share(object, other, now);
        return made;
      }
    }
  }

  #tuple(items: Extract<Returned, { kind: "tuple" }>["items"], place: string, each: Value): Value {
    const parts: Value[] = [];
    if ("each" in items) {
      for (const argument of [...this.#args.positional, ...(this.#args.starred ? [this.#args.starred] : [])]) {
        for (let time = 0; time < (items.times ?? 1); time++) {
          parts.push(this.build(items.each, `${place}.${parts.length}`, argument));
        }
      }
    } else {
      for (const item of items) parts.push(this.build(item, `${place}.${parts.length}`, each));
    }
    const made = this.#make(place, { type: "builtins.tuple", mutable: false });
    const isOpen = "each" in items && this.#args.starred !== undefined;
    for (const tuple of made) {
      parts.forEach((part, at) => {
        this.#run.heap.hold(tuple, isOpen ? "*" : `[${at}`, part, this.#run.now);
      });
    }
    return made;
  }

  #typed(type: string | undefined, place: string, each: Value): Value {
    const types = type?.startsWith("=") ? typesOf(this.#select(selectorOf(type), each)) : [type];
    return union(
      ...types.map((one, at) =>
        this.#make(`${place}:${at}`, {
          type: one,
          mutable: one === undefined || !this.#run.catalog.isImmutable(one),
        }),
      ),
    );
  }

  /** A shallow copy holds, in each of its fields, the very objects that the original holds there. */
  #copyFields(copy: AbstractObject, originals: Value): void {
    const { heap, now } = this.#run;
    for (const original of originals) {
      for (const [field, held] of original.fields) heap.hold(copy, field, new Set(held.keys()), now);
    }
  }

  #ofType(value: Value, type: string): Value {
    const matching = [...value].filter(
      (object) => object.type !== undefined && this.#run.catalog.lineage(object.type).includes(type),
    );
    if (matching.length > 0) return new Set(matching);
    // The type may be a base of the notebook's own class, which is not always known (`class A(*bases)`).
    const ofNotebook = [...value].filter((object) => object.type?.startsWith("notebook."));
    return union(new Set(ofNotebook), this.#typed(type, "", nothing));
  }

  #select(selector: ArgumentSelector, each: Value): Value {
    return select(this.#args, selector, this.#effect, each);
  }

  /** What an argument holds; its methods and other dictionaries get a dictionary's values, a loop its keys. */
  #elements(selector: ArgumentSelector, each: Value, intoMapping = false): Value {
    const value = this.#select(selector, each);
    const elements = selector === "self" || intoMapping ? contentsOf : elementsOf;
    return elements(this.#run, value, this.#site);
  }

  #or(value: Value, place: string): Value {
    return value.size > 0 ? value : this.#make(place, { mutable: true });
  }

  #make(place: string, facts: { type?: string | undefined; mutable: boolean }): Value {
    return this.#run.at(this.#run.places.of(this.#site, place), facts);
  }
}

function selectorOf(type: string): ArgumentSelector {
  const text = type.slice(1);
  return /^\d+$/.test(text) ? Number(text) : text;
}

function typesOf(value: Value): readonly (string | undefined)[] {
  const types = new Set<string | undefined>();
  for (const object of value as Iterable<AbstractObject>) types.add(object.type);
  return types.size === 0 ? [undefined] : [...types];
}
