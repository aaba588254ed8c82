import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { webAssemblyFlags } from "./v8-flags.ts";

/** Beside this file, in the repository as in a built package. */
const program = join(
  import.meta.dirname,
  `formatter-program${extname(import.meta.filename) === ".ts" ? ".ts" : ".cjs"}`,
);

/** Of this process, whichever file of a built package asks: what starts the command line is one of its own. */
const prepared = Symbol.for("reprise.prepared-formatter");
const shared = globalThis as typeof globalThis & { [prepared]?: ChildProcess | undefined };

/** Starts the process of the next formatter, for a program that knows before it has loaded that it will need one. */
export function preparePythonFormatter(): void {
  shared[prepared] ??= startProcess();
}

/** The process of a formatter: the one that was prepared, or a new one. Nothing where there is no program for it. */
export function takeFormatterProcess(): ChildProcess | undefined {
  const child = shared[prepared] ?? startProcess();
  shared[prepared] = undefined;
  return child;
}

function startProcess(): ChildProcess | undefined {
  if (!existsSync(program)) return undefined;
  // What starts every command imports this file, and most start no process.
  const { fork }: typeof import("node:child_process") = createRequire(import.meta.filename)("node:child_process");
  const child = fork(program, {
    execArgv: [...webAssemblyFlags],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    // JSON has no `undefined`.
    serialization: "advanced",
  });
  child.unref();
  child.channel?.unref();
  return child;
}
