import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";

/** Beside this file, in the repository as in a built package. */
const program = join(import.meta.dirname, `formatter-worker${extname(import.meta.filename)}`);

/**
 * Compiles ruff in a thread of its own while this one analyses. V8 keeps one copy of the machine code of a module for
 * all threads of a process, so that the formatter finds it ready. Only a matter of time: nothing depends on it, and the
 * thread never keeps the process alive.
 */
export function warmPythonFormatter(): void {
  if (!existsSync(program)) return;
  const worker = new Worker(program);
  worker.unref();
  // Without the thread the formatter compiles ruff itself.
  worker.on("error", () => {});
}
