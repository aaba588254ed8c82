/**
 * Flags of V8 for a process that is soon over: to optimise WebAssembly (ruff's ten megabytes, the Python parser) takes
 * longer than it saves, and the process waits for it; what V8's baseline compiler makes is enough.
 */
const baselineFlags = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"] as const;

/** A function is optimised after five times as many calls as V8 asks for (400 and 3,000). */
const lateOptimisation = ["--invocation-count-for-maglev=2000", "--invocation-count-for-turbofan=15000"] as const;

/**
 * For a command. Whole files are compiled: Node keeps for the next process what of a file was compiled when it was
 * loaded, and never what is compiled on first use; every process would do that again, and take longer. Optimising costs
 * a short command more than it gets back, and a long one does not notice that it comes later.
 */
export const commandFlags = [...baselineFlags, "--no-lazy", ...lateOptimisation] as const;

/** Also for ruff: what of it is never used need not be validated either. */
export const ruffFlags = [...baselineFlags, "--wasm-lazy-validation"] as const;
