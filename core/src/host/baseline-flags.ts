/**
 * Flags of V8 for a process that is soon over: to optimise WebAssembly (ruff's ten megabytes, the Python parser) takes
 * longer than it saves, and the process waits for it; what V8's baseline compiler makes is enough.
 */
export const baselineFlags = ["--no-wasm-tier-up", "--no-wasm-dynamic-tiering"] as const;

/** Also for ruff: what of it is never used need not be validated either. */
export const ruffFlags = [...baselineFlags, "--wasm-lazy-validation"] as const;
