import type * as nbformat from "@jupyterlab/nbformat";
import { OutputTail } from "../engine/output-tail.ts";
import { CellLoop, type LoopEnd } from "./cell-loop.ts";
import type { ExecutedNotebook } from "./executed-notebook.ts";
import { kernelEnvironment, openKernel, seedKernel } from "./kernel-session.ts";
import { LiveCopy } from "./live-copy.ts";
import type { CellRun, EnvironmentIdentity, MetricPoint } from "./record.ts";
import type { NotebookRunRequest, RunListener } from "./request.ts";
import { seedVariables } from "./seed-variables.ts";

export interface NotebookExecution {
  readonly end: LoopEnd;
  readonly cells: readonly CellRun[];
  readonly metrics: readonly MetricPoint[];
  /** What the kernel's interpreter has; absent where the request knows it. */
  readonly environment?: EnvironmentIdentity;
  /** The last megabyte of what the kernel's process itself wrote. */
  readonly log: string;
}

/**
 * Runs a prepared notebook in a kernel of its own and fills it in; `save` is called now and then while it runs. The kernel
 * is gone when this returns or throws. Throws ProblemError RP322 where it does not start, the signal's reason at an abort
 * before the first cell.
 */
export async function executeNotebook(
  executed: ExecutedNotebook,
  request: NotebookRunRequest,
  variables: Readonly<Record<string, string>>,
  save: () => Promise<void>,
  listener: RunListener,
): Promise<NotebookExecution> {
  const { engine, directory, environment, seed, signal, startTimeoutMilliseconds } = request;
  const began = performance.now();
  const log = new OutputTail(1 << 20);
  const { client, info } = await openKernel(engine, {
    directory,
    environment: { ...seedVariables(seed), ...variables, ...request.variables },
    onStdio: (_stream, text) => log.add(text),
    ...(signal && { signal }),
    ...(startTimeoutMilliseconds && { timeoutMilliseconds: startTimeoutMilliseconds }),
  });
  listener({ kind: "kernel-ready", seconds: (performance.now() - began) / 1000 });
  executed.content.metadata.language_info = info.language_info as nbformat.ILanguageInfoMetadata;
  const loop = new CellLoop(executed, request, listener);
  const live = new LiveCopy(
    () => loop.version,
    () => {
      loop.writeOutputs();
      return save();
    },
  );
  try {
    const found = environment?.packages === undefined ? await kernelEnvironment(client) : undefined;
    if (seed !== undefined) {
      const sources = executed.cells.map(({ source }) => source);
      await seedKernel(client, seed, sources);
    }
    live.start();
    const end = await loop.run(client);
    const cells = loop.runs.toSorted((left, right) => left.cell - right.cell);
    return { end, cells, metrics: loop.metrics, log: log.text, ...(found && { environment: found }) };
  } finally {
    await live.stop();
    await client.shutdown();
    loop.writeOutputs();
  }
}
