/**
 * Flags of V8 for a process that is soon over and runs WebAssembly (ruff's ten megabytes, the Python parser): what V8's
 * baseline compiler makes is enough, to optimise it takes longer than it saves; and what is never used need not even be
 * validated.
 */
export const webAssemblyFlags = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering", "--wasm-lazy-validation"] as const;

/** A function is optimised after fifty times as many calls as V8 asks for (400 and 3,000). */
const lateOptimisation = ["--invocation-count-for-maglev=20000", "--invocation-count-for-turbofan=150000"] as const;

/** A regular expression is made to machine code at once: to make it to bytecode first takes as long, and most are used again. */
const earlyExpressions = ["--no-regexp-tier-up"] as const;

/**
 * For a command. Optimising costs a short one more than it gets back, and a long one does not notice that it comes later.
 * What was compiled stays: it is kept for the next process when this one ends.
 */
export const commandFlags = [
  ...webAssemblyFlags,
  ...lateOptimisation,
  ...earlyExpressions,
  "--no-flush-bytecode",
] as const;
