import type { Message } from "./message.ts";

/** What a kernel says of a request, in either order. Both reject when nothing will come any more. */
export interface Asked {
  readonly reply: Promise<Message>;
  /** The kernel's idle for this request. */
  readonly idle: Promise<void>;
}

interface Pending {
  readonly replied: PromiseWithResolvers<Message>;
  readonly idled: PromiseWithResolvers<void>;
  readonly onMessage: ((message: Message) => void) | undefined;
}

/** What was asked of a kernel. Messages with a parent that was not asked here are ignored. */
export class PendingRequests {
  readonly #requests = new Map<string, Pending>();
  #failure: Error | undefined;

  add(id: string, onMessage?: (message: Message) => void): Asked {
    const pending: Pending = {
      replied: Promise.withResolvers(),
      idled: Promise.withResolvers(),
      onMessage,
    };
    const { promise: reply } = pending.replied;
    const { promise: idle } = pending.idled;
    // Nobody may be waiting for them when they fail.
    for (const promise of [reply, idle]) promise.catch(() => {});
    this.#requests.set(id, pending);
    if (this.#failure !== undefined) this.reject(id, this.#failure);
    return { reply, idle };
  }

  deliver(message: Message): void {
    const id = message.parent_header.msg_id ?? "";
    const pending = this.#requests.get(id);
    if (pending === undefined) return;
    if (message.channel !== "iopub") {
      pending.replied.resolve(message);
      return;
    }
    const idle = message.header.msg_type === "status" && message.content.execution_state === "idle";
    try {
      pending.onMessage?.(message);
    } catch (error) {
      // One listener's failure must not end the reading for all.
      this.reject(id, error);
    }
    if (idle) pending.idled.resolve();
  }

  reject(id: string, error: unknown): void {
    this.#requests.get(id)?.replied.reject(error);
    this.#requests.get(id)?.idled.reject(error);
  }

  /** The kernel is gone: nothing that is waited for will come, nor anything asked from now on. */
  fail(error: Error): void {
    this.#failure ??= error;
    for (const id of this.#requests.keys()) this.reject(id, error);
  }
}
