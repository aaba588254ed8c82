import { existsSync } from "node:fs";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { FormattedPython, FormatterSettings, PythonFormatter } from "../project/project.ts";
import { createPythonFormatter } from "./python-formatter.ts";

/** Beside this file, in the repository as in a built package. */
const program = join(import.meta.dirname, `formatter-worker${extname(import.meta.filename)}`);

/** What the thread is asked; it answers with the same number. */
export interface FormatterRequest {
  readonly number: number;
  readonly draft: string;
  readonly settings: FormatterSettings;
}

export type FormatterReply = { readonly number: number } & (
  | { readonly formatted: FormattedPython }
  | { readonly error: string }
);

let prepared: Worker | undefined;

/** Starts the thread of the next formatter, for a program that knows before it has loaded that it will need one. */
export function preparePythonFormatter(): void {
  prepared ??= startThread();
}

/**
 * A formatter in a thread of its own. ruff is ten megabytes of WebAssembly, and compiling what a first text needs of it
 * takes longer than formatting a project: the thread does that while this one analyses, and formats while this one
 * writes the next file. Where the thread cannot be started, or is lost, the work is done here. It never keeps the
 * process alive beyond its answers.
 */
export function startPythonFormatter(): PythonFormatter {
  const open = new Map<number, (reply: FormatterReply | undefined) => void>();
  const here = createPythonFormatter();
  let worker = prepared ?? startThread();
  prepared = undefined;
  let count = 0;
  worker?.on("message", (reply: FormatterReply) => settle(reply.number, reply));
  worker?.on("error", lose);
  worker?.on("exit", lose);
  // Only now: to listen for messages keeps a process alive.
  worker?.unref();

  function settle(number: number, reply: FormatterReply | undefined): void {
    open.get(number)?.(reply);
    open.delete(number);
    if (open.size === 0) worker?.unref();
  }

  function lose(): void {
    worker = undefined;
    for (const number of [...open.keys()]) settle(number, undefined);
  }

  return {
    async format(draft, settings) {
      if (worker === undefined) return here.format(draft, settings);
      const { promise, resolve } = Promise.withResolvers<FormatterReply | undefined>();
      const request: FormatterRequest = { number: count++, draft, settings };
      open.set(request.number, resolve);
      worker.ref();
      worker.postMessage(request);
      const reply = await promise;
      if (reply === undefined) return here.format(draft, settings);
      if ("error" in reply) throw new Error(reply.error);
      return reply.formatted;
    },
  };
}

/** Nothing where there is no program for the thread. */
function startThread(): Worker | undefined {
  if (!existsSync(program)) return undefined;
  const worker = new Worker(program);
  worker.unref();
  return worker;
}
