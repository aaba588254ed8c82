import type { Engine } from "../../engine/engine.ts";
import { CellOutputs, DisplayRegistry } from "../../kernel/cell-outputs.ts";
import { type KernelClient, KernelDiedError, KernelSilentError } from "../../kernel/client.ts";
import type { Message } from "../../kernel/message.ts";
import type { CodeCell } from "../../notebook/model.ts";
import { executeCell } from "../../run/cells/cell-execution.ts";
import { openKernel } from "../../run/cells/kernel-session.ts";
import type { ProgressListener } from "../../text/progress.ts";
import type { Digest, ObservedRun, ObservedStep } from "./observed-run.ts";

export interface ObserveOptions {
  readonly engine: Engine;
  /** In the order in which they run; a cell may stand several times. */
  readonly cells: readonly CodeCell[];
  /** The kernel's working directory. */
  readonly directory: string;
  /** The folder that `placeAgent` has made. */
  readonly agent: string;
  /** Of `PYTHONHASHSEED`: runs that are given different ones show what depends on the order of sets. */
  readonly hashSeed: number;
  /** For each cell; no limit where absent. */
  readonly timeoutMilliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  readonly task: string;
}

const digestsMime = "application/x-reprise-digests";
const agentModule = "reprise_capture.digests";

/**
 * Runs cells in a kernel of their own, and looks at every global after each. A cell that fails is noted, and the next one
 * runs. Throws ProblemError where no kernel starts, and what `signal` was aborted with.
 */
export async function observeRun(options: ObserveOptions): Promise<ObservedRun> {
  const { engine, signal, cells } = options;
  const { client } = await openKernel(engine, {
    directory: options.directory,
    environment: { PYTHONHASHSEED: String(options.hashSeed) },
    ...(signal && { signal }),
  });
  const steps: ObservedStep[] = [];
  try {
    await ask(client, startCode(options));
    const displays = new DisplayRegistry();
    for (const [at, cell] of cells.entries()) {
      signal?.throwIfAborted();
      options.onProgress?.({ task: options.task, detail: `cell ${cell.index}`, done: at, total: cells.length });
      const step = await runStep(client, cell, displays, options);
      if (typeof step === "string") return { steps, ended: step };
      steps.push(step);
    }
    return { steps };
  } finally {
    await client.shutdown(1000);
  }
}

async function runStep(
  client: KernelClient,
  cell: CodeCell,
  displays: DisplayRegistry,
  { timeoutMilliseconds, signal }: ObserveOptions,
): Promise<ObservedStep | string> {
  const outputs = new CellOutputs(displays);
  try {
    const end = await executeCell(
      client,
      cell.source,
      { stopOnError: false, onMessage: (message) => outputs.add(message) },
      { signal, timeoutMilliseconds },
    );
    signal?.throwIfAborted();
    if (end.stopped === "timeout")
      return `cell ${cell.index} did not end within ${Number(timeoutMilliseconds) / 1000} s`;
    const error = end.reply?.error;
    return {
      cell: cell.index,
      globals: await globalsOf(client),
      outputs: outputs.toNotebook(),
      ...(error === undefined ? {} : { error: { name: error.name, message: error.value } }),
    };
  } catch (error) {
    if (!(error instanceof KernelDiedError || error instanceof KernelSilentError)) throw error;
    return `the kernel died in cell ${cell.index}: ${error.message}`;
  }
}

async function globalsOf(client: KernelClient): Promise<ReadonlyMap<string, Digest>> {
  let found: Readonly<Record<string, Digest>> = {};
  await ask(client, `__import__("sys").modules["${agentModule}"].digests.publish()`, ({ header, content }) => {
    const data = content.data as Readonly<Record<string, unknown>> | undefined;
    if (header.msg_type === "display_data" && data?.[digestsMime] !== undefined) {
      found = data[digestsMime] as Readonly<Record<string, Digest>>;
    }
  });
  return new Map(Object.entries(found));
}

function startCode({ engine, agent }: ObserveOptions): string {
  const path = JSON.stringify(engine.pathInside(agent));
  // One expression, so that the notebook's namespace gets no new name.
  return [
    `[__import__("sys").path.insert(0, ${path}),`,
    ` __import__("importlib").import_module("${agentModule}").start(get_ipython()),`,
    ` __import__("sys").path.remove(${path})]`,
  ].join("\n");
}

/** Runs code of the agent. It leaves no name and no count behind; that it fails is a bug. */
async function ask(client: KernelClient, code: string, onMessage?: (message: Message) => void): Promise<void> {
  const reply = await client.execute(code, { silent: true, ...(onMessage && { onMessage }) });
  if (reply.status !== "ok") {
    throw new Error(`The capturing agent failed in the kernel: ${reply.error?.traceback.join("\n") ?? reply.status}`);
  }
}
