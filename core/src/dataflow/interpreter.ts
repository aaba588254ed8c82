import type { EffectCatalog } from "../effects/catalog.ts";
import type * as ast from "../python/ast.ts";
import type { Span } from "../text/position.ts";
import type { DefinitionDraft } from "./definitions.ts";
import { FileUses } from "./file-uses.ts";
import { type Binding, Frame, joinBindings, Layer } from "./frame.ts";
import { Heap } from "./heap.ts";
import type { AbstractObject, ObjectFacts, Value } from "./objects.ts";
import { Places } from "./places.ts";
import { ProcessState } from "./process-state.ts";
import { Recorder } from "./recorder.ts";

/** How a block of statements ends: it runs on, or leaves by `return`, `raise`, `sys.exit`. */
export type Flow = "next" | "left";

/** A call of a function of the notebook that is being followed. */
export interface Activation {
  readonly name: string;
  readonly node: ast.FunctionDef | ast.Lambda;
  readonly definition: DefinitionDraft | undefined;
  readonly owner: AbstractObject | undefined;
  readonly parameters: ReadonlyMap<AbstractObject, string>;
}

/** How much is spent on following calls and repeating loops: for one statement, and for the notebook. */
const fuelPerStatement = 20_000;
const fuelInAll = 1_500_000;
const fuelAfterwards = 300;

/** How deeply expressions and statements are followed, calls included; beyond it the names in them are assumed used. */
const deepest = 350;

/** How one of several paths ended, with what it bound. */
export interface PathEnd {
  readonly flow: Flow;
  readonly layers: readonly Layer[];
}

/** The state of the abstract run: what the modules that evaluate and execute share. */
export class Interpreter {
  readonly heap = new Heap();
  readonly recorder = new Recorder();
  readonly places = new Places();
  readonly catalog: EffectCatalog;
  readonly module: Frame;
  readonly definitions = new Map<ast.Stmt, DefinitionDraft>();
  /** The innermost running block. */
  frame: Frame;
  /** Position of the statement that is analysed. */
  now = -1;
  /** Whether what runs now runs on every path. */
  must = true;
  /** Inside a `try` what was bound before an error counts. */
  tries = 0;
  /** What is being followed, outermost first. */
  activations: Activation[] = [];
  /** Statement positions that may have bound or changed anything: star imports, `exec`, `%run`. */
  readonly opened: { readonly position: number; readonly why: string }[] = [];
  /** Modules whose names were imported with a star. */
  readonly stars: string[] = [];
  /** Globals that the current statement has bound or unbound. */
  touched = new Set<string>();
  /** Functions and instances that the current statement has already handed to a library. */
  handedOver = new Set<AbstractObject>();
  /** Module-level history of bindings by name, for reading the state after a statement. */
  readonly history = new Map<string, { readonly position: number; readonly binding: Binding }[]>();
  /** The newest use of each random stream, and whether it has been seeded. */
  readonly streams = new Map<string, { last: number; seeded: boolean }>();
  readonly fileUses = new FileUses();
  readonly process = new ProcessState();
  /** Words of the texts that have been made so far: what code put together from them can name. */
  readonly wordsInTexts = new Set<string>();
  depth = 0;
  /** The top-level definition whose statement runs. */
  defining: ast.Stmt | undefined;
  /** Where errors inside followed calls are placed: the outermost call. */
  callSpan: Span | undefined;
  #marks = 0;
  #fuel = fuelPerStatement;
  #fuelLeft = fuelInAll;

  readonly #mention: () => ReadonlySet<string>;
  #mentioned: ReadonlySet<string> | undefined;

  /** `mention` tells every word of the notebook's code; asked only where it is needed. */
  constructor(catalog: EffectCatalog, mention: () => ReadonlySet<string>) {
    this.catalog = catalog;
    this.#mention = mention;
    this.module = new Frame("module", undefined, {});
    this.frame = this.module;
  }

  /** Every word that stands in the notebook's code, in texts too. */
  get mentioned(): ReadonlySet<string> {
    this.#mentioned ??= this.#mention();
    return this.#mentioned;
  }

  /** Makes ready for the next statement. */
  beginStatement(position: number): void {
    this.now = position;
    this.must = true;
    this.tries = 0;
    this.depth = 0;
    this.callSpan = undefined;
    this.handedOver = new Set();
    this.touched = new Set();
    this.#fuel = this.#fuelLeft > 0 ? fuelPerStatement : fuelAfterwards;
  }

  /** A number that no walk over objects has used. */
  nextMark(): number {
    return ++this.#marks;
  }

  /** Every global that has been bound so far. */
  names(): ReadonlySet<string> {
    const names = new Set<string>();
    for (let layer: Layer | undefined = this.module.layer; layer !== undefined; layer = layer.below) {
      for (const name of layer.own.keys()) names.add(name);
    }
    return names;
  }

  /** Takes one unit for following something once more; false when there is none left. */
  burn(): boolean {
    this.#fuel--;
    this.#fuelLeft--;
    return this.#fuel > 0;
  }

  get exhausted(): boolean {
    return this.#fuel <= 0;
  }

  get isTooDeep(): boolean {
    return this.depth > deepest;
  }

  /** The name of the function whose body is running. */
  get through(): string | undefined {
    return this.activations.at(-1)?.name;
  }

  /** Where an access is shown: inside a followed call, the call in the statement itself. */
  spanOf(node: Span): Span {
    return this.callSpan ?? node;
  }

  /** The object that a node makes where it runs now. */
  at(node: object, facts: ObjectFacts): Value {
    return new Set([this.heap.at(this.frame.context, node, facts, this.now)]);
  }

  /** What tells the objects made by one call of a function from those of another. */
  contextOf(call: object): object {
    return this.places.of(this.frame.context, call);
  }

  /** Runs in another block, and comes back whatever happens. */
  within<T>(frame: Frame, run: () => T): T {
    const outer = this.frame;
    this.frame = frame;
    try {
      return run();
    } finally {
      this.frame = outer;
    }
  }

  /** Runs what may or may not run. */
  maybe<T>(run: () => T): T {
    const outer = this.must;
    this.must = false;
    try {
      return run();
    } finally {
      this.must = outer;
    }
  }

  /** Runs one of several paths (or none, where one of them does nothing), and joins what they bind. */
  branches(paths: readonly ((earlier: readonly PathEnd[]) => Flow)[]): Flow {
    const frames = this.#branching();
    const bases = frames.map((frame) => frame.layer);
    const ends: PathEnd[] = [];
    for (const path of paths) {
      frames.forEach((frame, at) => {
        frame.layer = new Layer(bases[at]);
      });
      const flow = paths.length === 1 ? path(ends) : this.maybe(() => path(ends));
      ends.push({ flow, layers: frames.map((frame) => frame.layer) });
    }
    const isLast = (flow: Flow) => flow === "left";
    frames.forEach((frame, at) => {
      const base = bases[at] as Layer;
      frame.layer = base;
      const isFollowed = frame === this.module && (this.tries > 0 || this.frame !== this.module);
      const living = isFollowed ? ends : ends.filter(({ flow }) => !isLast(flow));
      const layers = (living.length > 0 ? living : ends).map(({ layers }) => layers[at] as Layer);
      for (const name of new Set(layers.flatMap((layer) => [...layer.own.keys()]))) {
        base.set(name, joinBindings(layers.map((layer) => layer.get(name))));
      }
    });
    return ends.every(({ flow }) => isLast(flow)) ? "left" : "next";
  }

  /** What another path has bound may be bound here too: it ran until it failed. */
  mayFollow(end: PathEnd): void {
    this.#branching().forEach((frame, at) => {
      for (const [name] of end.layers[at]?.own ?? []) {
        frame.layer.set(name, joinBindings([frame.layer.get(name), end.layers[at]?.get(name)]));
      }
    });
  }

  #branching(): readonly Frame[] {
    return this.frame === this.module ? [this.module] : [this.frame, this.module];
  }
}
