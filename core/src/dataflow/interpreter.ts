import { EffectCatalog } from "../effects/catalog.ts";
import type * as ast from "../python/ast.ts";
import type { Span } from "../text/position.ts";
import { all, assign, type Journal, put } from "./incremental/journal.ts";
import { type Binding, Frame, joinBindings, Layer, type OwnNames } from "./names/frame.ts";
import { Axes } from "./objects/axes.ts";
import { Heap } from "./objects/heap.ts";
import type { AbstractObject } from "./objects/objects.ts";
import { Places } from "./objects/places.ts";
import type { ObjectFacts } from "./objects/traits.ts";
import type { Value } from "./objects/value.ts";
import { FileReaders } from "./process/file-readers.ts";
import { FileUses } from "./process/file-uses.ts";
import { ProcessState } from "./process/process-state.ts";
import { RandomStreams } from "./process/random-streams.ts";
import { Recorder } from "./recorder.ts";
import { type DefinitionDraft, draftDefinition } from "./statements/definitions.ts";
import type { World } from "./world.ts";

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
const fuelInAll = 500_000;
const fuelAfterwards = 300;

/** So many statements may have bound a name before they are told as one. */
const mostDefiners = 50;

/** So many values may a name have before the numbers and texts among them are told as one. */
const mostValues = 200;

/** How deeply expressions and statements are followed, calls included; beyond it the names in them are assumed used. */
const deepest = 350;

/** What a cell depends on that reads the words of all texts. */
const words = "the words";

/** How one of several paths ended, with what it bound. */
export interface PathEnd {
  readonly flow: Flow;
  readonly layers: readonly Layer[];
}

/** The state of the abstract run: what the modules that evaluate and execute share. */
export class Interpreter {
  readonly heap: Heap;
  readonly recorder: Recorder;
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
  /** Whether what is called now is called by a model that is only asked. */
  evaluating = false;
  /** Inside a `try` what was bound before an error counts. */
  tries = 0;
  /** What is being followed, outermost first. */
  activations: Activation[] = [];
  /** Statement positions that may have bound or changed anything: star imports, `exec`, `%run`. */
  readonly opened: { readonly position: number; readonly why: string }[] = [];
  readonly world: World;
  /** Those that were imported, by their dotted names. */
  readonly imported = new Map<string, OwnNames>();
  /** Those whose code is running, with its block. */
  readonly importing = new Map<AbstractObject, Frame>();
  /** Modules whose names were imported with a star. */
  readonly stars: string[] = [];
  /** Globals that the current statement has bound or unbound. */
  touched = new Set<string>();
  /** Functions and instances that the current statement has already handed to a library. */
  handedOver = new Set<AbstractObject>();
  /** Functions that the current statement may call without their being followed. */
  assumed = new Set<ast.FunctionDef | ast.Lambda>();
  readonly randomStreams: RandomStreams;
  readonly fileUses: FileUses;
  readonly fileReaders: FileReaders;
  readonly axes: Axes;
  readonly process = new ProcessState();
  depth = 0;
  /** The top-level definition whose statement runs. */
  defining: ast.Stmt | undefined;
  /** Where errors inside followed calls are placed: the outermost call. */
  callSpan: Span | undefined;
  #marks = 0;
  #fuel = fuelPerStatement;
  #fuelLeft: number;

  /** Where what is done to the state is written down; absent where nobody wants to take it back. */
  readonly journal: Journal | undefined;
  /** Words of the texts that have been made so far. */
  readonly #words = new Map<string, true>();
  /** Every definition that was ever met, those of the current state in `definitions`. */
  readonly #drafts = new Map<ast.Stmt, DefinitionDraft>();
  readonly #mention: () => ReadonlySet<string>;
  #mentioned: ReadonlySet<string> | undefined;

  /** `mention` tells every word of the notebook's code; asked only where it is needed. */
  constructor(world: World, mention: () => ReadonlySet<string>, journal?: Journal, fuel = fuelInAll) {
    this.#fuelLeft = fuel;
    this.catalog = new EffectCatalog(world.versions);
    this.world = world;
    this.journal = journal;
    this.heap = new Heap((name) => this.catalog.acts(this.catalog.lookup(name)), journal);
    this.recorder = new Recorder(journal);
    this.randomStreams = new RandomStreams(journal);
    this.fileUses = new FileUses(journal);
    this.fileReaders = new FileReaders(journal);
    this.axes = new Axes(journal);
    this.#mention = mention;
    this.module = new Frame("module", undefined, {}, {}, journal);
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
    this.evaluating = false;
    this.tries = 0;
    this.depth = 0;
    this.callSpan = undefined;
    this.handedOver = new Set();
    this.assumed = new Set();
    this.touched = new Set();
    this.#fuel = this.#fuelLeft > 0 ? fuelPerStatement : fuelAfterwards;
  }

  /** A number that no walk over objects has used. */
  nextMark(): number {
    return ++this.#marks;
  }

  /** Every global that has been bound so far. */
  names(): ReadonlySet<string> {
    this.journal?.reads.add(all);
    const names = new Set<string>();
    for (let layer: Layer | undefined = this.module.layer; layer !== undefined; layer = layer.below) {
      for (const name of layer.own.keys()) names.add(name);
    }
    return names;
  }

  /** A text of the notebook has this word: code that is put together from texts can name it. */
  addWord(word: string): void {
    put(this.journal, words, this.#words, word, true);
  }

  /** Words of the texts that have been made so far. */
  wordsInTexts(): Iterable<string> {
    this.journal?.reads.add(words);
    return this.#words.keys();
  }

  /** A definition at the top of a cell is made, once more perhaps. */
  beginDefinition(node: ast.FunctionDef | ast.ClassDef): void {
    if (this.definitions.has(node)) return;
    const { id } = this.recorder.draft;
    const known = this.#drafts.get(node);
    const draft = known?.statement === id ? known : draftDefinition(node, id);
    this.#drafts.set(node, draft);
    put(this.journal, draft, this.definitions, node, draft);
  }

  /** A call of a definition's function is followed. */
  noteFollowed(definition: DefinitionDraft): void {
    this.journal?.reads.add(definition);
    assign(this.journal, definition, definition, "followed", true);
  }

  /** How much has been spent since the run began. */
  get spent(): number {
    return fuelInAll - this.#fuelLeft;
  }

  /** Sets what has been spent; false where that is more than there is to spend without saving. */
  respend(spent: number): boolean {
    this.#fuelLeft = fuelInAll - spent;
    return this.#fuelLeft > 0;
  }

  /** Takes one unit for following something once more; false when there is none left. */
  burn(): boolean {
    this.#fuel--;
    this.#fuelLeft--;
    return this.#fuel > 0;
  }

  /** Takes what work costs that grows with how much holds what changes. */
  pay(steps: number): void {
    this.#fuel -= steps;
    this.#fuelLeft -= steps;
  }

  /** As `burn`, for a function that is not followed: also where the statement has spent what it may. */
  burnAssuming(): boolean {
    this.#fuelLeft--;
    return this.#fuelLeft > 0;
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
        const joined = this.#withFewValues(frame, name, joinBindings(layers.map((layer) => layer.get(name))));
        base.set(name, frame === this.module ? this.#withFewDefiners(name, joined) : joined);
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

  /** Where one of very many statements may have bound a name, the newest of them needs the others, who reads it the newest. */
  #withFewDefiners(name: string, binding: Binding): Binding {
    if (binding.definers.length <= mostDefiners) return binding;
    for (const definer of binding.definers) this.recorder.edge(definer, this.now, "value", name, false);
    return { value: binding.value, definers: [this.now], certain: false };
  }

  /** Of very many numbers and texts that a name may hold, which nothing can change, it is not told which they are. */
  #withFewValues(frame: Frame, name: string, binding: Binding): Binding {
    if (binding.value.size <= mostValues) return binding;
    const { plain = [], other = [] } = Object.groupBy(binding.value, (object) => (isPlain(object) ? "plain" : "other"));
    const types = new Set(plain.map(({ type }) => type));
    const type = types.size === 1 ? plain[0]?.type : undefined;
    const one = this.heap.at(frame.context, `one of many ${name}`, { type, mutable: false }, this.now);
    return { ...binding, value: new Set([...other, one]) };
  }

  #branching(): readonly Frame[] {
    return this.frame === this.module ? [this.module] : [this.frame, this.module];
  }
}

/** A number or a text: it holds nothing, and nothing becomes of it. */
function isPlain({ mutable, callable, qualified, classes, fields, memory, resume }: AbstractObject): boolean {
  const isAlone = classes.size + fields.size + memory.size === 0;
  return isAlone && !mutable && callable === undefined && qualified === undefined && resume === undefined;
}
