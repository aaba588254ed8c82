/**
 * What a library's function does, as data: the tables in `effects/tables/*.json` hold these, by qualified name
 * (`pandas.read_csv`, `pandas.DataFrame.drop`; a class's own name stands for making an instance).
 */
export interface Effect {
  /** What the call changes; empty for a call that changes nothing. */
  readonly changes: readonly ChangedArgument[];
  readonly returns: Returned;
  /** Process-wide state that it reads or changes. */
  readonly state?: readonly StateUse[];
  /** Files that it reads or writes: which argument names them. */
  readonly files?: readonly FileUse[];
  /** How it draws: from a stream, and how a caller can fix its seed. */
  readonly random?: RandomDraw;
  /** What a person would say the call is for; the stages are found by these. */
  readonly role?: Role;
  /** Arguments that are hyperparameters, sizes, paths, seeds: what is proposed as a parameter of the pipeline. */
  readonly parameters?: readonly string[];
}

/** `self` is the receiver of a method; a number is a position; a text is a keyword. */
export type ArgumentSelector = "self" | number | string;

export interface ChangedArgument {
  readonly argument: ArgumentSelector;
  /** Only when the call has this: `{"inplace": true}`. */
  readonly when?: Readonly<Record<string, string | number | boolean | null>>;
  /** Doing it twice gives the same as doing it once (rule NB109). */
  readonly idempotent?: boolean;
}

/**
 * `new` shares nothing with the arguments; `view` may share memory with the argument; `argument` is that object itself;
 * `element` is one of the objects that the argument holds; `unknown` may be or hold any argument.
 */
export type Returned =
  | { readonly kind: "none" }
  | { readonly kind: "new"; readonly type?: string; readonly holds?: readonly ArgumentSelector[] }
  | { readonly kind: "tuple"; readonly items: readonly Returned[] | { readonly each: Returned } }
  | { readonly kind: "view" | "argument" | "element"; readonly of: ArgumentSelector; readonly type?: string }
  | { readonly kind: "unknown" };

export interface StateUse {
  readonly state: "figure" | "options" | "environment" | "directory" | "warnings" | "backend" | "random" | "database";
  readonly use: "read" | "change";
}

export interface FileUse {
  readonly use: "read" | "write" | "append";
  readonly argument: ArgumentSelector;
}

export interface RandomDraw {
  /** The stream drawn from where no seed is given; `own` for one that starts from the operating system's entropy. */
  readonly stream: RandomStream;
  /** `draw` takes numbers, `seed` starts the stream anew. */
  readonly use: "draw" | "seed";
  /** The argument that makes it repeatable: `random_state`. */
  readonly seedArgument?: ArgumentSelector;
  /** It draws only when the call has this: `{"shuffle": true}`. A missing keyword counts as its default. */
  readonly when?: Readonly<Record<string, string | number | boolean | null>>;
  /** For a class: it draws not when made but when one of these methods is called. */
  readonly at?: readonly string[];
}

export type RandomStream = "random" | "numpy" | "torch" | "tensorflow" | "jax" | "own";

export type Role =
  | "load"
  | "clean"
  | "explore"
  | "plot"
  | "split"
  | "transform"
  | "fit-transform"
  | "make-model"
  | "fit"
  | "search"
  | "predict"
  | "score"
  | "save"
  | "setting"
  | "seed";
