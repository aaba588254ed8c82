import type { Engine } from "../../engine/engine.ts";
import { CellOutputs, DisplayRegistry } from "../../kernel/cell-outputs.ts";
import { type KernelClient, KernelDiedError, KernelSilentError } from "../../kernel/client.ts";
import type { CodeCell } from "../../notebook/model.ts";
import { executeCell } from "../../run/cells/cell-execution.ts";
import { openKernel } from "../../run/cells/kernel-session.ts";
import type { ProgressListener } from "../../text/progress.ts";
import { KernelAgent } from "../sides/kernel-agent.ts";
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
    const agent = await KernelAgent.start(client, {
      engine,
      agent: options.agent,
      module: "digests",
      given: [],
      folder: options.directory,
    });
    const displays = new DisplayRegistry();
    for (const [at, cell] of cells.entries()) {
      signal?.throwIfAborted();
      options.onProgress?.({ task: options.task, detail: `cell ${cell.index}`, done: at, total: cells.length });
      const step = await runStep(client, agent, cell, displays, options);
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
  agent: KernelAgent,
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
      globals: await globalsOf(agent),
      outputs: outputs.toNotebook(),
      ...(error === undefined ? {} : { error: { name: error.name, message: error.value } }),
    };
  } catch (error) {
    if (!(error instanceof KernelDiedError || error instanceof KernelSilentError)) throw error;
    return `the kernel died in cell ${cell.index}: ${error.message}`;
  }
}

async function globalsOf(agent: KernelAgent): Promise<ReadonlyMap<string, Digest>> {
  let found: Readonly<Record<string, Digest>> = {};
  await agent.call("digests.publish()", ({ header, content }) => {
    const data = content.data as Readonly<Record<string, unknown>> | undefined;
    if (header.msg_type === "display_data" && data?.[digestsMime] !== undefined) {
      found = data[digestsMime] as Readonly<Record<string, Digest>>;
    }
  });
  return new Map(Object.entries(found));
}
