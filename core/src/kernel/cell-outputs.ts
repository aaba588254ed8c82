import type * as nbformat from "@jupyterlab/nbformat";
import { type StoredOutput, storedLines } from "../notebook/serialise.ts";
import type { Message } from "./message.ts";
import { memoryStore, type OutputStore, type StoredText, storedFrom } from "./output-store.ts";
import { StreamText } from "./stream-text.ts";

export interface OutputOptions {
  /** Where large outputs are kept; in memory where it is absent. */
  readonly store?: OutputStore;
  /** All text of one stream is one output, also where other outputs came between. */
  readonly coalesce?: boolean;
}

/** Displays of a notebook by their display id: an update changes all that have it, in other cells too. */
export class DisplayRegistry {
  readonly #outputs = new Map<string, Set<DisplayOutput>>();

  show(id: string, output: DisplayOutput): void {
    this.update(id, output.bundle);
    const known = this.#outputs.get(id) ?? new Set();
    this.#outputs.set(id, known.add(output));
  }

  /** An id that was never shown is ignored. */
  update(id: string, bundle: Bundle): void {
    for (const output of this.#outputs.get(id) ?? []) output.bundle = bundle;
  }

  /** A cleared output is updated no longer. */
  forget(output: DisplayOutput): void {
    if (output.displayId !== undefined) this.#outputs.get(output.displayId)?.delete(output);
  }
}

interface StreamOutput {
  readonly kind: "stream";
  readonly name: "stdout" | "stderr";
  readonly text: StreamText;
}

interface DisplayOutput {
  readonly kind: "display_data" | "execute_result";
  readonly displayId: string | undefined;
  readonly executionCount: number | null;
  bundle: Bundle;
}

/** What is displayed: in memory, or as JSON in the store. */
interface Bundle {
  readonly data: nbformat.IMimeBundle | StoredText;
  readonly metadata: nbformat.OutputMetadata;
}

interface ErrorOutput {
  readonly kind: "error";
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: string[];
}

/** The outputs of one cell, built from the kernel's messages in the order they came. */
export class CellOutputs {
  readonly #displays: DisplayRegistry;
  readonly #options: OutputOptions;
  #outputs: (StreamOutput | DisplayOutput | ErrorOutput)[] = [];
  #clearBeforeNext = false;
  #version = 0;

  constructor(displays: DisplayRegistry, options: OutputOptions = {}) {
    this.#displays = displays;
    this.#options = options;
  }

  /** Outputs that stand already, to which more may come. */
  static from(outputs: readonly nbformat.IOutput[], displays: DisplayRegistry): CellOutputs {
    const made = new CellOutputs(displays);
    for (const { output_type, ...content } of outputs) {
      const text = Array.isArray(content.text) ? content.text.join("") : content.text;
      made.add({ header: { msg_type: String(output_type) }, content: { ...content, text } });
    }
    return made;
  }

  /** Goes up with each change, so that a reader knows whether there is anything new. */
  get version(): number {
    return this.#version;
  }

  get hasError(): boolean {
    return this.#outputs.some(({ kind }) => kind === "error");
  }

  /** Takes an iopub message of this cell; what is no output is ignored. */
  add(message: Pick<Message, "content"> & { readonly header: Pick<Message["header"], "msg_type"> }): void {
    handlers[message.header.msg_type]?.call(this, message.content);
  }

  /** As nbformat has them. Adjacent text of one stream is one output. */
  toNotebook(): nbformat.IOutput[] {
    return this.#outputs.map(asNotebookOutput);
  }

  stream(name: "stdout" | "stderr", text: string): void {
    this.#clearIfDue();
    const last = this.#options.coalesce ? this.#streamOf(name) : this.#outputs.at(-1);
    if (last?.kind === "stream" && last.name === name) last.text.add(text);
    else {
      const output: StreamOutput = { kind: "stream", name, text: new StreamText(this.#options.store) };
      output.text.add(text);
      this.#outputs.push(output);
    }
    this.#version += 1;
  }

  error(content: Message["content"]): void {
    this.#push({
      kind: "error",
      ename: String(content.ename ?? ""),
      evalue: String(content.evalue ?? ""),
      traceback: Array.isArray(content.traceback) ? content.traceback.map(String) : [],
    });
  }

  display(kind: DisplayOutput["kind"], content: Message["content"]): void {
    const count = content.execution_count;
    const output: DisplayOutput = {
      kind,
      displayId: displayIdOf(content),
      executionCount: typeof count === "number" ? count : null,
      bundle: this.#bundleOf(content),
    };
    this.#push(output);
    if (output.displayId !== undefined) this.#displays.show(output.displayId, output);
  }

  /** Updates earlier displays; it is no output itself, so that a clearing that waits goes on waiting. */
  updateDisplay(content: Message["content"]): void {
    const id = displayIdOf(content);
    if (id === undefined) return;
    this.#displays.update(id, this.#bundleOf(content));
    this.#version += 1;
  }

  clear(wait: boolean): void {
    if (wait) {
      this.#clearBeforeNext = true;
      return;
    }
    for (const output of this.#outputs) if ("displayId" in output) this.#displays.forget(output);
    this.#outputs = [];
    this.#clearBeforeNext = false;
    this.#version += 1;
  }

  #streamOf(name: StreamOutput["name"]): StreamOutput | undefined {
    return this.#outputs.find((output): output is StreamOutput => output.kind === "stream" && output.name === name);
  }

  #bundleOf({ data, metadata }: Message["content"]): Bundle {
    const given = (data ?? {}) as nbformat.IMimeBundle;
    const { store = memoryStore } = this.#options;
    return {
      data: isLarge(given) ? store.put(JSON.stringify(given)) : given,
      metadata: (metadata ?? {}) as nbformat.OutputMetadata,
    };
  }

  #push(output: DisplayOutput | ErrorOutput): void {
    this.#clearIfDue();
    this.#outputs.push(output);
    this.#version += 1;
  }

  #clearIfDue(): void {
    if (this.#clearBeforeNext) this.clear(false);
  }
}

const handlers: Readonly<Record<string, (this: CellOutputs, content: Message["content"]) => void>> = {
  stream(content) {
    this.stream(content.name === "stderr" ? "stderr" : "stdout", String(content.text ?? ""));
  },
  display_data(content) {
    this.display("display_data", content);
  },
  execute_result(content) {
    this.display("execute_result", content);
  },
  update_display_data(content) {
    this.updateDisplay(content);
  },
  error(content) {
    this.error(content);
  },
  clear_output(content) {
    this.clear(content.wait === true);
  },
};

/** `transient` and `display_id` may each be missing or null. */
function displayIdOf(content: Message["content"]): string | undefined {
  const transient = content.transient as { display_id?: unknown } | null | undefined;
  const id = transient?.display_id;
  return typeof id === "string" ? id : undefined;
}

function asNotebookOutput(output: StreamOutput | DisplayOutput | ErrorOutput): nbformat.IOutput {
  switch (output.kind) {
    case "stream":
      return asNotebookStream(output);
    case "error":
      return { output_type: "error", ename: output.ename, evalue: output.evalue, traceback: output.traceback };
    case "display_data":
      return withData({ output_type: "display_data", metadata: output.bundle.metadata }, output.bundle);
    case "execute_result":
      return withData(
        {
          output_type: "execute_result",
          execution_count: output.executionCount,
          metadata: output.bundle.metadata,
        },
        output.bundle,
      );
  }
}

function asNotebookStream({ name, text }: StreamOutput): nbformat.IOutput {
  if (!text.isStored) return { output_type: "stream", name, text: text.text };
  const { json, parts } = text.snapshot();
  const output: nbformat.IOutput & StoredOutput = { output_type: "stream", name, [storedLines]: json };
  return readWhenAsked(output, "text", parts);
}

function withData(output: nbformat.IOutput, { data }: Bundle): nbformat.IOutput {
  if (!isStored(data)) return { ...output, data };
  return readWhenAsked(output, "data", () => JSON.parse(data.read()));
}

/** For whoever reads it, a member as any other. */
function readWhenAsked<T extends object>(target: T, name: string, read: () => unknown): T {
  return Object.defineProperty(target, name, { get: read, enumerable: true });
}

function isStored(data: nbformat.IMimeBundle | StoredText): data is StoredText {
  return typeof data.read === "function";
}

/** JSON values have few strings that are large: only they are looked at. */
function isLarge(data: nbformat.IMimeBundle): boolean {
  return Object.values(data).some((value) =>
    typeof value === "string" ? value.length >= storedFrom : Array.isArray(value) && value.length >= storedFrom,
  );
}
