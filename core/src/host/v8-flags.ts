/**
 * Flags of V8 for a process that is soon over: to optimise WebAssembly (ruff's ten megabytes, the Python parser) takes
 * longer than it saves, and the process waits for it; what V8's baseline compiler makes is enough.
 */
const baselineFlags = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"] as const;

/**
 * Also for a command: whole files are compiled. Node keeps for the next process what of a file was compiled when it was
 * loaded, and never what is compiled later, on first use: every process would do that again, and take longer.
 */
export const commandFlags = [...baselineFlags, "--no-lazy"] as const;

/** Also for ruff: what of it is never used need not be validated either. */
export const ruffFlags = [...baselineFlags, "--wasm-lazy-validation"] as const;
