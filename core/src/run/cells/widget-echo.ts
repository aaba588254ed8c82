import type * as nbformat from "@jupyterlab/nbformat";
import type { KernelClient } from "../../kernel/client.ts";
import type { WidgetListener } from "../../kernel/widgets.ts";
import type { RunListener } from "../request.ts";

/** Tells the kernel what its Output widgets took, as a frontend does, so that the code can read it. */
export class WidgetEcho implements WidgetListener {
  readonly #listener: RunListener;
  readonly #changed = new Map<string, readonly nbformat.IOutput[]>();
  readonly #unknown = new Set<string>();
  #client: KernelClient | undefined;

  constructor(listener: RunListener) {
    this.#listener = listener;
  }

  connect(client: KernelClient): void {
    this.#client = client;
  }

  onOutputs(comm: string, outputs: readonly nbformat.IOutput[]): void {
    this.#changed.set(comm, outputs);
  }

  onUnknownTarget(target: string): void {
    if (this.#unknown.has(target)) return;
    this.#unknown.add(target);
    const message = `The notebook speaks with \`${target}\` in its viewer (a comm), which is not there in a run.`;
    this.#listener({ kind: "warning", message });
  }

  /** Before the next cell, whose code may read it; a flood of outputs is one message. */
  send(): void {
    for (const [comm_id, outputs] of this.#changed) {
      const data = { method: "update", state: { outputs }, buffer_paths: [] };
      // A kernel that is gone needs no state.
      this.#client?.tell("comm_msg", { comm_id, data }).catch(() => {});
    }
    this.#changed.clear();
  }
}
