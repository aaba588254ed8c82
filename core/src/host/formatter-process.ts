import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import type { FormattedPython, FormatterSettings, PythonFormatter } from "../project/project.ts";
import { ruffFlags } from "./v8-flags.ts";

/** Beside this file, in the repository as in a built package. */
const program = join(import.meta.dirname, `formatter-program${extname(import.meta.filename)}`);

/** What the process is asked; it answers with the same number. */
export interface FormatterRequest {
  readonly number: number;
  readonly draft: string;
  readonly settings: FormatterSettings;
}

export type FormatterReply = { readonly number: number } & (
  | { readonly formatted: FormattedPython }
  | { readonly error: string }
);

let prepared: ChildProcess | undefined;

/** Starts the process of the next formatter, for a program that knows before it has loaded that it will need one. */
export function preparePythonFormatter(): void {
  prepared ??= startProcess();
}

/**
 * A formatter in a process of its own. ruff is ten megabytes of WebAssembly, and compiling what a first text needs of it
 * takes longer than formatting a project: the process does that while this one analyses, and formats while this one
 * writes the next file. It is no thread, because ruff wants other flags of V8 than everything else, and compiled code
 * that Node keeps is only good for the flags it was compiled with. Where the process cannot be started, or is lost, the
 * work is done here. It never keeps this process alive beyond its answers, and ends with it.
 */
export function startPythonFormatter(): PythonFormatter {
  const open = new Map<number, (reply: FormatterReply | undefined) => void>();
  let here: PythonFormatter | undefined;
  let child = prepared ?? startProcess();
  prepared = undefined;
  let count = 0;
  child?.on("message", (reply: FormatterReply) => settle(reply.number, reply));
  child?.on("error", lose);
  child?.on("disconnect", lose);
  // Only now: to listen for messages keeps a process alive.
  child?.channel?.unref();

  function settle(number: number, reply: FormatterReply | undefined): void {
    open.get(number)?.(reply);
    open.delete(number);
    if (open.size === 0) child?.channel?.unref();
  }

  function lose(): void {
    child = undefined;
    for (const number of [...open.keys()]) settle(number, undefined);
  }

  async function inThisProcess(): Promise<PythonFormatter> {
    const { createPythonFormatter } = await import("./python-formatter.ts");
    here ??= createPythonFormatter();
    return here;
  }

  return {
    async format(draft, settings) {
      if (child === undefined) return (await inThisProcess()).format(draft, settings);
      const { promise, resolve } = Promise.withResolvers<FormatterReply | undefined>();
      const request: FormatterRequest = { number: count++, draft, settings };
      open.set(request.number, resolve);
      child.channel?.ref();
      // What cannot be sent is an end of the process, which is told as that.
      child.send(request, () => undefined);
      const reply = await promise;
      if (reply === undefined) return (await inThisProcess()).format(draft, settings);
      if ("error" in reply) throw new Error(reply.error);
      return reply.formatted;
    },
  };
}

/** Nothing where there is no program for the process. */
function startProcess(): ChildProcess | undefined {
  if (!existsSync(program)) return undefined;
  const child = fork(program, {
    execArgv: [...ruffFlags],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    // JSON has no `undefined`.
    serialization: "advanced",
  });
  child.unref();
  child.channel?.unref();
  return child;
}
