import type * as nbformat from "@jupyterlab/nbformat";
import { OutputTail } from "../../engine/output-tail.ts";
import type { KernelClient } from "../../kernel/client.ts";
import type { SecretMask } from "../../secret/secret-mask.ts";
import type { ExecutedNotebook } from "../executed-notebook.ts";
import type { JournalEntry } from "../journal/journal-entry.ts";
import { machine } from "../record/hardware.ts";
import type { OpenedFile } from "../record/opened-files.ts";
import type { CellRun, EnvironmentIdentity, MetricPoint } from "../record/record.ts";
import { whileSampling } from "../record/resource-sampler.ts";
import type { ResourceUse } from "../record/resource-use.ts";
import { seedVariables } from "../record/seed-variables.ts";
import type { NotebookRunRequest, RunListener } from "../request.ts";
import { CellCache } from "./cell-cache.ts";
import { CellLoop, type LoopEnd } from "./cell-loop.ts";
import {
  type KernelSession,
  kernelEnvironment,
  openedFiles,
  openKernel,
  seedKernel,
  watchFiles,
} from "./kernel-session.ts";
import { MessageMask } from "./message-mask.ts";

export interface NotebookExecution {
  readonly end: LoopEnd;
  readonly cells: readonly CellRun[];
  readonly metrics: readonly MetricPoint[];
  /** What the kernel's interpreter has; absent where the request knows it. */
  readonly environment?: EnvironmentIdentity;
  /** What the kernel says it speaks: `python`, `3.11.7`. */
  readonly language: { readonly name: string; readonly version: string };
  readonly resources?: ResourceUse;
  /** On this machine. */
  readonly opened: readonly OpenedFile[];
  /** The last megabyte of what the kernel's process itself wrote. */
  readonly log: string;
}

/** What goes on around the cells. */
export interface Surroundings {
  /** For the kernel's process. */
  readonly variables: Readonly<Record<string, string>>;
  /** Settles before the first cell runs; the kernel starts meanwhile. */
  readonly ready: Promise<unknown>;
  /** Takes what happens, as it happens. */
  readonly tell: (entry: JournalEntry) => void;
  /** Given the kernel once it answers. */
  readonly opened: (client: KernelClient) => void;
  readonly listener: RunListener;
  readonly mask: SecretMask;
  /** The id of the run. */
  readonly run: string;
  /** What a cell has put out so far, by its nbformat id. */
  readonly outputsOf: (cell: string) => readonly nbformat.IOutput[];
}

function cacheOutcome(cache: CellCache | undefined, cell: number): Pick<CellRun, "cache"> {
  const outcome = cache?.outcomes.get(cell);
  if (outcome === undefined) return {};
  return { cache: "taken" in outcome ? "taken" : outcome.notTaken };
}

/** What decides about values besides code, data and parameters. */
function surroundingsOf({ engine, environment, seed }: NotebookRunRequest, found: EnvironmentIdentity | undefined) {
  const { cpu, platform } = machine();
  const { image, python } = engine.description;
  const packages = environment?.packages ?? found?.packages;
  return {
    cpu,
    platform,
    image: image?.digest,
    python: found?.python ?? python,
    packages,
    lock: environment?.lockHash,
    seed,
  };
}

/**
 * Runs a prepared notebook in a kernel of its own and tells what happens. The kernel is gone when this returns or throws.
 * Throws ProblemError RP322 where it does not start, the signal's reason at an abort before the first cell.
 */
export async function executeNotebook(
  executed: ExecutedNotebook,
  request: NotebookRunRequest,
  { variables, ready, tell, opened, listener, mask, outputsOf, run }: Surroundings,
): Promise<NotebookExecution> {
  const began = performance.now();
  const log = new OutputTail(1 << 20);
  const { client, info } = await startKernel(request, variables, log);
  listener({ kind: "kernel-ready", seconds: (performance.now() - began) / 1000 });
  const language = info.language_info as nbformat.ILanguageInfoMetadata & { version?: string };
  opened(client);
  tell({ at: "kernel", language });
  const loop = new CellLoop(executed, request, listener, tell, new MessageMask(mask));
  try {
    const { found, isWatched } = await setUp(client, language.name, executed, request);
    await ready;
    const { resources, result } = await whileSampling(
      async () => client.process.usage?.(),
      request.engine.description,
      async () => {
        const cache = request.cache && (await CellCache.open(request.cache, surroundingsOf(request, found)));
        const end = await loop.run(client, cache && { cache, outputsOf, run });
        await cache?.close();
        const opened = isWatched && end.status !== "died" ? await openedFiles(client) : [];
        return { cache, end, opened };
      },
    );
    if (client.rejected > 0) {
      const message = `${client.rejected} messages were left out: they are broken, too long, or not signed by this kernel.`;
      listener({ kind: "warning", message });
    }
    return {
      end: result.end,
      cells: cellRuns(loop, result.cache),
      metrics: loop.metrics,
      opened: result.opened,
      log: log.text,
      ...(resources && { resources }),
      ...(found && { environment: found }),
      language: { name: language.name, version: language.version ?? "" },
    };
  } finally {
    await client.shutdown();
  }
}

function startKernel(
  { directory, engine, secrets, seed, signal, startTimeoutMilliseconds, ...request }: NotebookRunRequest,
  variables: Readonly<Record<string, string>>,
  log: OutputTail,
): Promise<KernelSession> {
  return openKernel(engine, {
    directory,
    environment: { ...seedVariables(seed), ...variables, ...request.variables },
    onStdio: (_stream, text) => log.add(text),
    ...(secrets && { secrets }),
    ...(signal && { signal }),
    ...(startTimeoutMilliseconds && { timeoutMilliseconds: startTimeoutMilliseconds }),
  });
}

/** What a kernel of Python is asked and told before the first cell. */
async function setUp(
  client: KernelClient,
  language: string,
  { cells }: ExecutedNotebook,
  { engine, environment, seed }: NotebookRunRequest,
): Promise<{ readonly found?: EnvironmentIdentity; readonly isWatched: boolean }> {
  if (language !== "python") return { isWatched: false };
  const found = environment?.packages === undefined && (await kernelEnvironment(client));
  if (seed !== undefined) {
    const sources = cells.map(({ source }) => source);
    await seedKernel(client, seed, sources);
  }
  // What a kernel of a cluster opens lies on its node.
  const isWatched = engine.kind !== "ray";
  if (isWatched) await watchFiles(client);
  return { isWatched, ...(found && { found }) };
}

/** In the order of the notebook. */
function cellRuns({ runs }: CellLoop, cache: CellCache | undefined): readonly CellRun[] {
  return runs
    .toSorted((left, right) => left.cell - right.cell)
    .map((cell) => ({ ...cell, ...cacheOutcome(cache, cell.cell) }));
}
