import type { FormattedPython, PythonFormatter } from "../project/project.ts";
import type { PythonParser } from "../python/ast.ts";
import { takeFormatterProcess } from "./formatter-child.ts";
import { reviewingFormatter } from "./reviewing-formatter.ts";
import type { RuffFormatter, RuffRequest } from "./ruff-formatter.ts";

/** What the process is asked; it answers with the same number. */
export interface FormatterRequest extends RuffRequest {
  readonly number: number;
}

export type FormatterReply = { readonly number: number } & (
  | { readonly formatted: FormattedPython }
  | { readonly error: string }
);

/**
 * A formatter whose ruff is in a process of its own. ruff is ten megabytes of WebAssembly, and compiling what a first
 * text needs of it takes longer than formatting a project: the process does that while this one analyses, and formats
 * while this one writes the next file. It is no thread, because ruff wants other flags of V8 than everything else, and
 * compiled code that Node keeps is only good for the flags it was compiled with. Where the process cannot be started, or
 * is lost, the work is done here. It never keeps this process alive beyond its answers, and ends with it. `parser`: one
 * that is there already.
 */
export function startPythonFormatter(parser?: PythonParser): PythonFormatter {
  return reviewingFormatter(startRuffFormatter(), parser);
}

function startRuffFormatter(): RuffFormatter {
  const open = new Map<number, (reply: FormatterReply | undefined) => void>();
  let here: RuffFormatter | undefined;
  let child = takeFormatterProcess();
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

  async function inThisProcess(asked: RuffRequest): Promise<FormattedPython> {
    const { createRuffFormatter } = await import("./ruff-formatter.ts");
    here ??= createRuffFormatter();
    return here(asked);
  }

  return async (asked) => {
    if (child === undefined) return inThisProcess(asked);
    const { promise, resolve } = Promise.withResolvers<FormatterReply | undefined>();
    const request: FormatterRequest = { ...asked, number: count++ };
    open.set(request.number, resolve);
    child.channel?.ref();
    // What cannot be sent is an end of the process, which is told as that.
    child.send(request, () => undefined);
    const reply = await promise;
    if (reply === undefined) return inThisProcess(asked);
    if ("error" in reply) throw new Error(reply.error);
    return reply.formatted;
  };
}
