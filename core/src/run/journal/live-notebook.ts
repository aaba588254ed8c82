import { join } from "node:path";
import type * as nbformat from "@jupyterlab/nbformat";
import type { KernelClient } from "../../kernel/client.ts";
import { notebookPieces } from "../../notebook/serialise.ts";
import { OutputSpool } from "../cells/output-spool.ts";
import { WidgetEcho } from "../cells/widget-echo.ts";
import type { ExecutedNotebook } from "../executed-notebook.ts";
import type { NotebookOutput } from "../notebook-output.ts";
import { NotebookState } from "../notebook-state.ts";
import type { NotebookRunRequest, RunListener } from "../request.ts";
import { Journal, journalName } from "./journal.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { LiveCopy } from "./live-copy.ts";

/**
 * A notebook while it runs: it takes what happens, keeps it in the journal, and is written now and then. Whoever makes
 * it ends it with `close`.
 */
export class LiveNotebook {
  readonly #state: NotebookState;
  readonly #widgets: WidgetEcho;
  readonly #journal: Journal | undefined;
  readonly #copy: LiveCopy;

  /** @param folder Where the run is kept; nothing is kept without it. */
  constructor(
    executed: ExecutedNotebook,
    folder: string | undefined,
    { update }: NotebookOutput,
    { coalesceStreams, saveEveryMilliseconds }: NotebookRunRequest,
    listener: RunListener,
  ) {
    this.#widgets = new WidgetEcho(listener);
    this.#state = new NotebookState(executed.content, {
      listener: this.#widgets,
      store: new OutputSpool(folder),
      ...(coalesceStreams && { coalesce: true }),
    });
    this.#journal = openJournal(folder, executed, listener);
    const write = async () => {
      this.writeOutputs();
      await update?.(notebookPieces(executed.content));
    };
    this.#copy = new LiveCopy(() => this.#state.version, write, saveEveryMilliseconds);
    if (update !== undefined && saveEveryMilliseconds !== 0) this.#copy.start();
  }

  connect(client: KernelClient): void {
    this.#widgets.connect(client);
  }

  tell(entry: JournalEntry): void {
    this.#state.apply(entry);
    if (entry.at === "cell-end") this.#widgets.send();
    this.#journal?.append(entry);
    // Whoever is told that a cell has ended can rely on it, however this process ends.
    if (entry.at === "cell-end") this.#journal?.flush();
  }

  /** What a cell has put out so far, by its nbformat id. */
  outputsOf(cell: string): readonly nbformat.IOutput[] {
    return this.#state.outputsOf(cell);
  }

  /** Puts the outputs into the notebook's cells, as far as they have come. */
  writeOutputs(): void {
    this.#state.writeOutputs();
  }

  async close(): Promise<void> {
    this.#journal?.close();
    await this.#copy.stop();
  }
}

/** Where it cannot be written, the run goes on without it, and says so. */
function openJournal(
  folder: string | undefined,
  { cells, content }: ExecutedNotebook,
  listener: RunListener,
): Journal | undefined {
  if (folder === undefined) return undefined;
  const onFailure = ({ message }: Error): void =>
    listener({ kind: "warning", message: `The run goes on without its journal (${message}); it cannot be resumed.` });
  try {
    const indices = cells.map(({ index }) => index ?? null);
    return Journal.create(join(folder, journalName), { schema: "reprise.journal/1", content, indices }, onFailure);
  } catch (error) {
    onFailure(error as Error);
    return undefined;
  }
}
