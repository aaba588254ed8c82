import type * as nbformat from "@jupyterlab/nbformat";
import type { Message } from "./message.ts";
import { StreamText } from "./stream-text.ts";

/** Displays of a notebook by their display id: an update changes all that have it, in other cells too. */
export class DisplayRegistry {
  readonly #outputs = new Map<string, Set<DisplayOutput>>();

  show(id: string, output: DisplayOutput): void {
    this.update(id, output.data, output.metadata);
    const known = this.#outputs.get(id) ?? new Set();
    this.#outputs.set(id, known.add(output));
  }

  /** An id that was never shown is ignored. */
  update(id: string, data: nbformat.IMimeBundle, metadata: nbformat.OutputMetadata): void {
    for (const output of this.#outputs.get(id) ?? []) {
      output.data = data;
      output.metadata = metadata;
    }
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
  data: nbformat.IMimeBundle;
  metadata: nbformat.OutputMetadata;
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
  #outputs: (StreamOutput | DisplayOutput | ErrorOutput)[] = [];
  #clearBeforeNext = false;
  #version = 0;

  constructor(displays: DisplayRegistry) {
    this.#displays = displays;
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
    const last = this.#outputs.at(-1);
    if (last?.kind === "stream" && last.name === name) last.text.add(text);
    else {
      const output: StreamOutput = { kind: "stream", name, text: new StreamText() };
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
      data: (content.data ?? {}) as nbformat.IMimeBundle,
      metadata: (content.metadata ?? {}) as nbformat.OutputMetadata,
    };
    this.#push(output);
    if (output.displayId !== undefined) this.#displays.show(output.displayId, output);
  }

  /** Updates earlier displays; it is no output itself, so that a clearing that waits goes on waiting. */
  updateDisplay(content: Message["content"]): void {
    const id = displayIdOf(content);
    if (id === undefined) return;
    this.#displays.update(
      id,
      (content.data ?? {}) as nbformat.IMimeBundle,
      (content.metadata ?? {}) as nbformat.OutputMetadata,
    );
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
      return { output_type: "stream", name: output.name, text: output.text.text };
    case "error":
      return { output_type: "error", ename: output.ename, evalue: output.evalue, traceback: output.traceback };
    case "display_data":
      return { output_type: "display_data", data: output.data, metadata: output.metadata };
    case "execute_result":
      return {
        output_type: "execute_result",
        execution_count: output.executionCount,
        data: output.data,
        metadata: output.metadata,
      };
  }
}
