/** What the agent (agent/observe.py) saw of one function. */
export interface Observation {
  /** As the tables write it: `pandas.DataFrame.drop`. */
  readonly name: string;
  readonly kind: "function" | "class";
  /** Name, kind (as Python's `inspect` says it) and whether it has a default; `null` where Python cannot tell. */
  readonly parameters: readonly (readonly [string, string, boolean])[] | null;
  /** Whether its calls were written for it, not guessed from its parameters. */
  readonly written: boolean;
  readonly probes: readonly Probe[];
  /** Why there is no probe. */
  readonly reason?: string;
  /** Calls that were written for it and failed. */
  readonly errors?: readonly string[];
}

/** Arguments are named by `self`, by their position as text (`"0"`) or by their keyword. */
export type ArgumentKey = string;

/** One call, and what it did. */
export interface Probe {
  /** The call as Python. */
  readonly call: string;
  /** Constants that were given; `...` stands for another value. */
  readonly given: Readonly<Record<ArgumentKey, string | number | boolean | null>>;
  /** Classes of the arguments that can change. */
  readonly types: Readonly<Record<ArgumentKey, readonly string[]>>;
  /** Arguments whose content was another one afterwards. */
  readonly changed: readonly ArgumentKey[];
  /** Containers of which an element changed. */
  readonly deep: readonly ArgumentKey[];
  /** Arguments of which a view was held, and those whose view saw a change. */
  readonly viewed: readonly ArgumentKey[];
  readonly views: readonly ArgumentKey[];
  /** Arguments that cannot be looked into. */
  readonly opaque: readonly ArgumentKey[];
  /** Changed arguments that a second, equal call changed further. */
  readonly again: readonly ArgumentKey[];
  /** The result is this argument, is an element of it, can reach it, or shares memory with it. */
  readonly same: readonly ArgumentKey[];
  readonly element: readonly ArgumentKey[];
  readonly holds: readonly ArgumentKey[];
  readonly shares: readonly ArgumentKey[];
  /** `[in, what]`: since the call, one argument holds another. */
  readonly keeps: readonly (readonly [ArgumentKey, ArgumentKey])[];
  /** Kinds of process state that moved; `random:numpy` for a random stream. */
  readonly state: readonly string[];
  /** `network`, `process` or `database`, where it reached for one. */
  readonly outside: readonly string[];
  readonly files: readonly {
    readonly use: string;
    readonly path: string;
    readonly argument: ArgumentKey | null;
  }[];
  /** Function arguments that it called, and those that it did not. */
  readonly called: readonly ArgumentKey[];
  readonly uncalled: readonly ArgumentKey[];
  readonly result: SeenValue;
  /** Two equal calls from equal state gave different results. */
  readonly varies: boolean;
  /** Arguments whose `notes` or `memos` it depends on: with rubbish in their place, or without them, it did something else. */
  readonly heeds: readonly ArgumentKey[];
}

export interface SeenValue {
  /** Its class and the classes beneath it, each by its shortest importable name and by where it is defined. */
  readonly types: readonly string[];
  readonly mutable: boolean;
  /** Of a tuple. */
  readonly items?: readonly SeenValue[];
  /** The first one of a list, dict or set. */
  readonly element?: SeenValue;
}
