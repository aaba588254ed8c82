import type { Message } from "./message.ts";
import { settlesWithin } from "./waiting.ts";

export interface RequestOutcome {
  readonly reply: Message;
  /** True once the kernel's idle for this request has come; false if it does not come in time. */
  idle(milliseconds: number): Promise<boolean>;
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

  /** Resolves with the reply; rejects when `fail` was called, before or after. */
  async add(id: string, onMessage?: (message: Message) => void): Promise<RequestOutcome> {
    if (this.#failure !== undefined) throw this.#failure;
    const pending: Pending = {
      replied: Promise.withResolvers(),
      idled: Promise.withResolvers(),
      onMessage,
    };
    // Nobody may be waiting for it when it fails.
    pending.idled.promise.catch(() => {});
    this.#requests.set(id, pending);
    const reply = await pending.replied.promise;
    return {
      reply,
      idle: (milliseconds) => settlesWithin(pending.idled.promise, milliseconds),
    };
  }

  deliver(message: Message): void {
    const pending = this.#requests.get(message.parent_header.msg_id ?? "");
    if (pending === undefined) return;
    if (message.channel !== "iopub") {
      pending.replied.resolve(message);
      return;
    }
    const idle = message.header.msg_type === "status" && message.content.execution_state === "idle";
    pending.onMessage?.(message);
    if (idle) pending.idled.resolve();
  }

  reject(id: string, error: Error): void {
    this.#requests.get(id)?.replied.reject(error);
    this.#requests.get(id)?.idled.reject(error);
  }

  /** The kernel is gone: nothing that is waited for will come, nor anything asked from now on. */
  fail(error: Error): void {
    this.#failure ??= error;
    for (const id of this.#requests.keys()) this.reject(id, error);
  }
}
