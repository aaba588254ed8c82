import type { OwnModule } from "../../inclusion/own-modules.ts";
import { type Journal, put } from "../incremental/journal.ts";
import type { AbstractObject } from "../objects/objects.ts";
import type { Value } from "../objects/value.ts";

/** What a name is bound to at one point. */
export interface Binding {
  readonly value: Value;
  /** Positions of the statements that may have bound it last. */
  readonly definers: readonly number[];
  /** False where it may be unbound. */
  readonly certain: boolean;
}

/** Bindings on top of others: what a branch binds is kept apart until the branches meet. */
export class Layer {
  readonly below: Layer | undefined;
  readonly own = new Map<string, Binding>();
  readonly #journal: Journal | undefined;
  readonly #isGlobal: boolean;
  readonly #epoch: number;

  /** `journal` where it may outlast the cell that runs; `isGlobal` for the names of the notebook. */
  constructor(below?: Layer, journal?: Journal, isGlobal = false) {
    this.below = below;
    this.#journal = journal;
    this.#isGlobal = isGlobal;
    this.#epoch = journal?.epoch ?? 0;
  }

  get(name: string): Binding | undefined {
    for (let layer: Layer | undefined = this; layer !== undefined; layer = layer.below) {
      const binding = layer.own.get(name);
      if (layer.#isGlobal) layer.#noteRead(name, binding);
      if (binding !== undefined) return binding.value.size === 0 && !binding.certain ? undefined : binding;
    }
    return undefined;
  }

  set(name: string, binding: Binding): void {
    const journal = this.#journal;
    if (journal === undefined || (this.#epoch === journal.epoch && !this.#isGlobal)) this.own.set(name, binding);
    else put(journal, this.#isGlobal ? name : this, this.own, name, binding);
  }

  /** Unbinds, whatever the layers below say. */
  delete(name: string): void {
    this.set(name, unbound);
  }

  /** What the cell that runs has surely bound itself does not depend on what was before. */
  #noteRead(name: string, binding: Binding | undefined): void {
    const journal = this.#journal;
    if (journal === undefined) return;
    const isOwn = binding?.certain === true && binding.definers.every((definer) => definer >= journal.base);
    if (!isOwn) journal.reads.add(name);
  }
}

export const unbound: Binding = { value: new Set(), definers: [], certain: false };

/** The names of a module of the notebook's own project. */
export interface OwnNames {
  readonly source: OwnModule;
  /** The module itself, which others see. */
  readonly module: AbstractObject;
  /** Libraries whose names a star brought. */
  readonly stars: string[];
}

/** The names of a running block: the module, a call of a function, a class body, a comprehension. */
export class Frame {
  readonly kind: "module" | "function" | "class" | "comprehension";
  readonly parent: Frame | undefined;
  /** Allocation sites are told apart by it. */
  readonly context: object;
  layer: Layer;
  readonly #journal: Journal | undefined;
  /** Names that live here though they may not be bound yet. `undefined`: whatever is assigned. */
  readonly locals: ReadonlySet<string> | undefined;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** The module in which all around it stands: itself, at the top. */
  readonly root: Frame;
  /** Of an own module that the notebook imports: what holds its names as attributes. */
  readonly own: OwnNames | undefined;
  returned: Value = new Set();
  yielded: Value = new Set();
  isGenerator = false;
  /** How many loops of this block are running, one in another. */
  loops = 0;

  constructor(
    kind: Frame["kind"],
    parent: Frame | undefined,
    context: object,
    names: { locals?: ReadonlySet<string>; globals?: ReadonlySet<string>; nonlocals?: ReadonlySet<string> } = {},
    journal?: Journal,
    own?: OwnNames,
  ) {
    this.#journal = parent === undefined ? journal : parent.#journal;
    this.root = parent === undefined ? this : parent.root;
    this.own = own;
    this.layer = new Layer(undefined, this.#journal, kind === "module" && own === undefined);
    this.kind = kind;
    this.parent = parent;
    this.context = context;
    this.locals = names.locals;
    this.globals = names.globals ?? new Set();
    this.nonlocals = names.nonlocals ?? new Set();
  }
}

/** What holds where several paths meet. */
export function joinBindings(bindings: readonly (Binding | undefined)[]): Binding {
  const value = new Set<Binding["value"] extends ReadonlySet<infer T> ? T : never>();
  const definers = new Set<number>();
  let certain = true;
  for (const binding of bindings) {
    if (binding === undefined) {
      certain = false;
      continue;
    }
    for (const object of binding.value) value.add(object);
    for (const definer of binding.definers) definers.add(definer);
    certain &&= binding.certain;
  }
  return { value, definers: [...definers].sort((a, b) => a - b), certain };
}
