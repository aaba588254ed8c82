/** An error that code meets since a library does the same call in another way. */
export interface ChangedBehaviour {
  /** Of the error's name and message: `TypeError: ...`. */
  readonly error: RegExp;
  /** Of the line where it stops, where the error alone says too little. */
  readonly code?: RegExp;
  readonly library: string;
  /** The first version that does. */
  readonly since: string;
  readonly what: string;
  readonly instead: string;
}

/** From the libraries' release notes. */
export const behaviourChanges: readonly ChangedBehaviour[] = [
  {
    error: /^ValueError: could not convert string to float/,
    code: /\.(?:corr|cov|corrwith)\(/,
    ...{ library: "pandas", since: "2.0", what: "columns of text are no longer left out" },
    instead: "Pass numeric_only=True",
  },
  {
    error:
      /^TypeError: (?:.*does not support (?:reduction|operation) '|agg function failed|Could not convert .*numeric)/,
    ...{ library: "pandas", since: "2.0", what: "columns of text are no longer left out" },
    instead: "Pass numeric_only=True",
  },
  {
    error: /^TypeError: (?:Invalid value .* for dtype|Cannot .* incompatible dtype)/,
    ...{ library: "pandas", since: "3.0", what: "a column keeps its type when a value of another type is put in" },
    instead: "Convert the column first, such as with astype(object)",
  },
  {
    error: /^ValueError: (?:assignment destination|output array) is read-only/,
    ...{ library: "pandas", since: "3.0", what: "the array behind a column cannot be written to" },
    instead: "Take a copy: to_numpy(copy=True)",
  },
  {
    error: /^TypeError: Passing a (?:set|dict) as an indexer/,
    ...{ library: "pandas", since: "2.0", what: "a set or dict picks no columns" },
    instead: "Make it a list",
  },
  {
    error: /^ValueError: .*inhomogeneous shape/,
    ...{ library: "numpy", since: "1.24", what: "rows of different lengths make no array by themselves" },
    instead: "Pass dtype=object",
  },
  {
    error: /unexpected keyword argument 'normed'/,
    ...{ library: "matplotlib", since: "3.1", what: "hist takes no normed" },
    instead: "Pass density=True",
  },
  {
    error: /^ValueError: The number of FixedLocator locations/,
    ...{ library: "matplotlib", since: "3.3", what: "there must be as many labels as ticks" },
    instead: "Give both the same number",
  },
  {
    error: /^ValueError: Solver lbfgs supports only/,
    ...{ library: "scikit-learn", since: "0.22", what: "LogisticRegression solves with lbfgs unless told otherwise" },
    instead: "Pass solver='liblinear'",
  },
];

/** What a library does in another way since the code was written, if an error at a line comes of that. */
export function changedBehaviour(error: string, code: string): ChangedBehaviour | undefined {
  return behaviourChanges.find((each) => each.error.test(error) && each.code?.test(code) !== false);
}
