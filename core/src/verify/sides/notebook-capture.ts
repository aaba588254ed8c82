import { join } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { CellOutputs, DisplayRegistry } from "../../kernel/cell-outputs.ts";
import { type KernelClient, KernelDiedError, KernelSilentError } from "../../kernel/client.ts";
import type { Message } from "../../kernel/message.ts";
import type { PipelinePlan } from "../../plan/plan.ts";
import { executeCell } from "../../run/cells/cell-execution.ts";
import { openKernel } from "../../run/cells/kernel-session.ts";
import type { ProgressListener } from "../../text/progress.ts";
import type { NotebookStop } from "../notebook-stop.ts";
import { type ObservedCell, observedMime } from "../observation/observed-cells.ts";
import type { CaptureScript, CellScript } from "./capture-script.ts";
import { KernelAgent, pythonJson } from "./kernel-agent.ts";
import type { WrittenFiles, WrittenFilesWatch } from "./written-files.ts";

/** Text that a run printed, with the stage whose statement printed it. */
export interface PrintedText {
  readonly cell: number;
  readonly stage: string;
  readonly text: string;
}

export interface NotebookCapture {
  /** Holds `stages/<stage>`, `displays`, `figures`. */
  readonly folder: string;
  /** Where it ran. */
  readonly directory: string;
  readonly printed: readonly PrintedText[];
  /** The outputs of each cell that ran, as nbformat has them. */
  readonly outputs: ReadonlyMap<number, ReturnType<CellOutputs["toNotebook"]>>;
  /** By the cell that wrote each last. */
  readonly written: WrittenFiles;
  /** What each cell did, where that was asked. */
  readonly observed: readonly ObservedCell[];
  /** From the first cell to the last. */
  readonly seconds: number;
  /** The cell that ended the run. */
  readonly stopped?: NotebookStop;
}

export interface NotebookCaptureOptions {
  readonly engine: Engine;
  readonly script: CaptureScript;
  readonly seeding: PipelinePlan["seeding"];
  readonly seed: number;
  /** The kernel's working directory. */
  readonly directory: string;
  /** Where the values go. */
  readonly folder: string;
  readonly agent: string;
  /** Of the working directory. */
  readonly files: WrittenFilesWatch;
  /** Cells that may raise. */
  readonly mayFail: ReadonlySet<number>;
  /** Names to look at after each cell; nothing is looked at where it is absent. */
  readonly observes?: readonly string[] | undefined;
  /** For each cell. */
  readonly timeoutSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  readonly task: string;
}

const stageMime = "application/x-reprise-stage";

/** Runs the notebook's cells in a kernel of their own and takes the values of each stage where it ends. */
export async function captureNotebook(options: NotebookCaptureOptions): Promise<NotebookCapture> {
  const { engine, script, signal } = options;
  const { client } = await openKernel(engine, {
    directory: options.directory,
    environment: { PYTHONHASHSEED: String(options.seed) },
    ...(signal && { signal }),
  });
  try {
    const agent = await startAgent(client, options);
    const printed: PrintedText[] = [];
    const outputs = new Map<number, ReturnType<CellOutputs["toNotebook"]>>();
    const displays = new DisplayRegistry();
    const observed: ObservedCell[] = [];
    const now = { stage: "" };
    const last = script.cells.length - 1;
    const began = performance.now();
    const taken = async (): Promise<NotebookCapture> => {
      const written = await options.files.keep(join(options.folder, "written"));
      return {
        folder: options.folder,
        directory: options.directory,
        printed,
        outputs,
        written,
        observed,
        seconds: (performance.now() - began) / 1000,
      };
    };
    for (const [at, cell] of script.cells.entries()) {
      signal?.throwIfAborted();
      options.onProgress?.({ task: options.task, detail: `cell ${cell.cell}`, done: at, total: script.cells.length });
      const cellOutputs = new CellOutputs(displays);
      const failure = await runCell(client, agent, cell, options, { printed, observed, outputs: cellOutputs, now });
      outputs.set(cell.cell, cellOutputs.toNotebook());
      await options.files.step(String(cell.cell), failure !== undefined || at === last);
      if (failure) return { ...(await taken()), stopped: { cell: cell.cell, ...failure } };
    }
    await agent.call("session.finish()");
    return await taken();
  } finally {
    await client.shutdown(1000);
  }
}

interface CellSink {
  readonly printed: PrintedText[];
  readonly observed: ObservedCell[];
  readonly outputs: CellOutputs;
  /** The stage that runs, as the kernel told last; it goes on into the next cell. */
  readonly now: { stage: string };
}

async function runCell(
  client: KernelClient,
  agent: KernelAgent,
  cell: CellScript,
  options: NotebookCaptureOptions,
  { printed, observed, outputs, now }: CellSink,
): Promise<Omit<NotebookStop, "cell"> | undefined> {
  const take = (message: Message) => {
    const data = message.content.data as Record<string, unknown> | undefined;
    if (message.header.msg_type === "display_data" && data && stageMime in data) {
      now.stage = String(data[stageMime]);
      return;
    }
    if (message.header.msg_type === "display_data" && data && observedMime in data) {
      observed.push({ cell: cell.cell, ...(data[observedMime] as Omit<ObservedCell, "cell">) });
      return;
    }
    if (message.header.msg_type === "stream" && message.content.name === "stdout") {
      printed.push({ cell: cell.cell, stage: now.stage, text: String(message.content.text) });
    }
    outputs.add(message);
  };
  const script = pythonJson([cell.before, cell.marks, cell.visitsBefore]);
  const { signal, timeoutSeconds: limit } = options;
  try {
    await agent.call(`session.before_cell(${cell.cell}, *${script})`, take);
    const end = await executeCell(
      client,
      cell.source,
      { stopOnError: false, onMessage: take },
      { signal, timeoutMilliseconds: limit && limit * 1000 },
    );
    signal?.throwIfAborted();
    if (end.stopped === "timeout")
      return { name: "Timeout", message: `it did not end within ${limit} s`, traceback: [] };
    const error = end.reply?.error;
    if (error && !options.mayFail.has(cell.cell)) {
      return { name: error.name, message: error.value, traceback: error.traceback };
    }
    await agent.call(`session.after_cell(${pythonJson(cell.after)})`, take);
  } catch (error) {
    if (!(error instanceof KernelDiedError || error instanceof KernelSilentError)) throw error;
    return { name: "KernelDied", message: error.message, traceback: [] };
  }
  return undefined;
}

function startAgent(
  client: KernelClient,
  { engine, script, seeding, seed, folder, agent, observes }: NotebookCaptureOptions,
): Promise<KernelAgent> {
  const given = {
    folder: engine.pathInside(folder),
    stages: Object.fromEntries([...script.names].map(([stage, names]) => [stage, names.map(({ name }) => name)])),
    steps: Object.fromEntries(script.steps),
    seeded: seeding.seeded,
    seed,
    observed: observes ?? null,
  };
  return KernelAgent.start(client, { engine, agent, module: "notebook_session", given: [given], folder });
}

/** Where the values after a single statement lie; the same below the folder of a project's stage. */
export function stepValues(capture: { readonly folder: string }, statement: string): string {
  return join(capture.folder, "steps", statement);
}

/** Where the values of a stage lie. */
export function stageValues(capture: { readonly folder: string }, stage: string): string {
  return join(capture.folder, "stages", stage);
}
