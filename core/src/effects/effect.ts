/**
 * What a library's function does, as data: the tables in `effects/tables/*.json` hold these, by qualified name
 * (`pandas.read_csv`, `pandas.DataFrame.drop`; a class's own name stands for making an instance).
 */
export interface Effect {
  /** What the call changes; empty for a call that changes nothing. */
  readonly changes: readonly ChangedArgument[];
  readonly returns: Returned;
  /** Calls that return something else; the first that a call meets counts. */
  readonly variants?: readonly ReturnVariant[];
  /** Process-wide state that it reads or changes. */
  readonly state?: readonly StateUse[];
  /** Files that it reads or writes: which argument names them. */
  readonly files?: readonly FileUse[];
  /** What it does to the database that an argument is connected to. */
  readonly database?: DatabaseUse;
  /** Arguments that are code in a text, which reads names of whoever calls. */
  readonly code?: readonly CodeUse[];
  /** How it draws: from a stream, and how a caller can fix its seed. */
  readonly random?: RandomDraw;
  /** What a person would say the call is for; the stages are found by these. */
  readonly role?: Role;
  /** Arguments that are hyperparameters, sizes, paths, seeds: what is proposed as a parameter of the pipeline. */
  readonly parameters?: readonly string[];
  /** Names of the positional parameters (`self` left out), so that a position can be given by keyword too. */
  readonly signature?: readonly string[];
  /** Defaults that a `when` asks for: `{"shuffle": true}`. A keyword that is not here and not given does not match. */
  readonly defaults?: Readonly<Record<string, ConditionValue>>;
  /** What it stores in what: `list.append` keeps its first argument in itself. */
  readonly keeps?: readonly Keep[];
  /** Methods of the receiver that it calls in turn with its own arguments: `forward` for calling a module. */
  readonly calls?: readonly string[];
  /** Where the receiver has none of these: the method by which it calls what it holds, as `Sequential` calls its layers. */
  readonly callsHeld?: string;
  /** Whether its receiver trains from now on, or is only asked: see `training` of changes and draws. */
  readonly mode?: "training" | "evaluation";
  /** True where functions among the arguments are called, as by `apply`; otherwise only assumed where nothing is known. */
  readonly callsArguments?: boolean;
  /** What functions among the arguments are called with, one for each position: implies that they are called. */
  readonly callsWith?: readonly Returned[];
}

/** What a call returns that has these keyword arguments, or that is given this argument at all. */
export interface ReturnVariant {
  readonly when?: Condition;
  readonly given?: ArgumentSelector;
  /** Only where all that is `given` is of one of these types. */
  readonly ofType?: readonly string[];
  /** It may return this besides what it returns otherwise: `d.get(key, default)`. */
  readonly also?: boolean;
  readonly returns: Returned;
}

/** `in` holds `what` from now on, or the elements of `what`. */
export interface Keep {
  readonly in: ArgumentSelector;
  readonly what: ArgumentSelector;
  readonly elements?: boolean;
  /** Only where something that `in` holds keeps it with its method of that name: a search keeps what its model does. */
  readonly asHeld?: boolean;
}

/** Keyword arguments and what they must be; one of several where there is a list. */
export type Condition = Readonly<Record<string, ConditionValue | readonly ConditionValue[]>>;
export type ConditionValue = string | number | boolean | null;

/** `self` is the receiver of a method; a number is a position; a text is a keyword; `*` every argument. */
export type ArgumentSelector = "self" | number | string;

export interface ChangedArgument {
  readonly argument: ArgumentSelector;
  /** Only when the call has this: `{"inplace": true}`. */
  readonly when?: Condition;
  /** Only where it is of one of these types: `list(x)` uses up an iterator, and no list. */
  readonly ofType?: readonly string[];
  /** Doing it twice gives the same as doing it once (rule NB109). */
  readonly idempotent?: boolean;
  /** Only the object itself changes, not what it holds: `list.append`. Otherwise all that it holds may change. */
  readonly shallow?: boolean;
  /** What shares its memory does not change: `df.drop(inplace=True)` makes new memory. */
  readonly keepsViews?: boolean;
  /** Only while it trains, or whoever calls it: a batch norm notes what it sees. */
  readonly training?: boolean;
  /** Not where this argument is a query in SQL that only reads. */
  readonly unlessQuery?: ArgumentSelector;
}

/**
 * `new` shares nothing with the arguments; `view` may share memory with the argument; `argument` is that object itself;
 * `element` is one of the objects that the argument holds (of that type, where there is one); `unknown` may be or hold any argument.
 */
export type Returned =
  | { readonly kind: "none" }
  | {
      readonly kind: "new";
      /** Qualified; `=self`, `=0` for the type of that argument, `=class` for the class that is called. */
      readonly type?: string;
      /** Types that it has in rarer calls; the analysis goes by `type`. */
      readonly or?: readonly string[];
      readonly holds?: readonly ArgumentSelector[];
      /** It holds what these arguments hold: `list(x)`. */
      readonly holdsElements?: readonly ArgumentSelector[];
      /** It has the data of these copied: it holds what their columns or rows hold, and these no more. */
      readonly fills?: readonly ArgumentSelector[];
      /** It is a deep copy of these: of the same classes, with copies of what they hold. */
      readonly deep?: readonly ArgumentSelector[];
      /** It is a shallow copy of these: an attribute of it is the same object as theirs. */
      readonly copies?: readonly ArgumentSelector[];
      /** What stands in it: `zip` holds tuples. */
      readonly elements?: Returned;
      /** Changing it may change these, which are no items of it: a loss remembers its model. Tensors hand on theirs. */
      readonly remembers?: readonly ArgumentSelector[];
    }
  | {
      readonly kind: "tuple";
      /** `each`: one for every positional argument (`times` of them), which is `each` in `of` and `=each` in `type`. */
      readonly items: readonly Returned[] | { readonly each: Returned; readonly times?: number };
    }
  /** What the receiver's own method of this name returns. */
  | { readonly kind: "result"; readonly method: string }
  | {
      readonly kind: "view" | "argument" | "element";
      readonly of: ArgumentSelector;
      readonly type?: string;
      /** Types that it has in rarer calls. */
      readonly or?: readonly string[];
      /** What stands in a view: the rates of a scheduler's own list are numbers. */
      readonly elements?: Returned;
    }
  | { readonly kind: "unknown" };

export interface StateUse {
  readonly state: ProcessState;
  readonly use: "read" | "change";
}

/**
 * What a process has one of. The last three are the outside: a call that reads the clock, another process or the
 * network gives another result each time.
 */
export type ProcessState =
  | "figure"
  | "options"
  | "environment"
  | "directory"
  | "warnings"
  | "backend"
  | "random"
  | "database"
  | "clock"
  | "process"
  | "network";

export interface FileUse {
  /** `make-folder` leaves what is in it; `write-folder` fills or empties it; `look` asks what is there. */
  readonly use: "read" | "write" | "append" | "look" | "make-folder" | "write-folder";
  readonly argument: ArgumentSelector;
}

export interface DatabaseUse {
  /** `end`: what was changed before can be seen by others from now on. */
  readonly use: "read" | "change" | "end";
  /** A connection, a cursor, an engine, or the address of the database. */
  readonly argument: ArgumentSelector;
  /** It is only read where this argument is a query in SQL that does no more. */
  readonly unlessQuery?: ArgumentSelector;
}

export interface CodeUse {
  readonly argument: ArgumentSelector;
  /** `query`: names after `@`, others are columns; `expression` (pandas.eval, a formula, SQL on variables): any name. */
  readonly language: "query" | "expression";
}

export interface RandomDraw {
  /** The stream drawn from where no seed is given; `own` for one that starts from the operating system's entropy. */
  readonly stream: RandomStream;
  /** Other global streams that go with it: keras draws the seeds of its layers from Python's since version 3. */
  readonly also?: readonly RandomStream[];
  /** `draw` takes numbers, `seed` starts the stream anew. */
  readonly use: "draw" | "seed";
  /** The argument that makes it repeatable: `random_state`. */
  readonly seedArgument?: ArgumentSelector;
  /** It draws only when the call has this: `{"shuffle": true}`. A missing keyword counts as its default. */
  readonly when?: Condition;
  /** With this it draws and makes nothing of it: liblinear takes a number for every solver, and only some use it. */
  readonly idle?: Condition;
  /** With this it draws or does not, by the size of the data: where it has an argument `given`. */
  readonly bySize?: { readonly when?: Condition; readonly given?: string };
  /** For a class: it draws not when made but when one of these methods is called. */
  readonly at?: readonly string[];
  /** It draws only while it trains, or whoever calls it: dropout. */
  readonly training?: boolean;
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
