import type { Message } from "./message.ts";
import { type Asked, PendingRequests } from "./pending-requests.ts";
import type { Exit, KernelProcess } from "./process.ts";
import { settlesWithin, unlessAborted } from "./waiting.ts";
import { Wire } from "./wire.ts";

/** The kernel's process ended while something was asked of it, or before. */
export class KernelDiedError extends Error {
  readonly exit: Exit;

  constructor(exit: Exit) {
    const how = exit.signal === null ? `with exit code ${exit.code}` : `of ${exit.signal}`;
    super(exit.lost ?? `The kernel died ${how}`);
    this.name = "KernelDiedError";
    this.exit = exit;
  }
}

/** The kernel is there, but does not keep to the protocol: no answer in time, or only one half of it, as where it closed a channel. */
export class KernelSilentError extends Error {
  override name = "KernelSilentError";
}

export interface ExecuteOptions {
  /** Without outputs and history; the count does not go on. */
  readonly silent?: boolean;
  readonly storeHistory?: boolean;
  /** An error makes the kernel drop the requests that wait behind this one. */
  readonly stopOnError?: boolean;
  /** Expressions that the kernel evaluates after the code, by a name of the caller's. */
  readonly userExpressions?: Readonly<Record<string, string>>;
  /**
   * Every message on iopub that names this request as its parent, in order. It goes on being called after the request is
   * done: output that comes late belongs to the request that the kernel names. What it throws, the request rejects with.
   */
  readonly onMessage?: (message: Message) => void;
}

export interface ExecuteReply {
  readonly status: "ok" | "error" | "aborted";
  /** When the kernel sent it: ISO 8601. */
  readonly date: string;
  readonly executionCount: number | null;
  readonly error?: { readonly name: string; readonly value: string; readonly traceback: readonly string[] };
  /** As the kernel answered: `{ status: "ok", data: { "text/plain": "0.5" } }`. */
  readonly userExpressions: Readonly<Record<string, unknown>>;
}

/** Speaks with one kernel: what is sent and what comes back, in order, none lost. */
export class KernelClient {
  readonly process: KernelProcess;
  readonly #wire: Wire;
  readonly #pending = new PendingRequests();
  readonly #reading: Promise<void>;
  readonly #halfMilliseconds: number;
  #welcomed = false;
  #received = 0;
  #rejected = 0;

  /** `halfMilliseconds`: how long the other half of an answer is waited for; a reply and its idle are sent together. */
  constructor(process: KernelProcess, { halfMilliseconds = 60_000 }: { readonly halfMilliseconds?: number } = {}) {
    this.process = process;
    this.#halfMilliseconds = halfMilliseconds;
    this.#wire = new Wire(process.key);
    this.#reading = this.#read();
    void process.exited.then(async (exit) => {
      await this.#settled();
      this.#pending.fail(new KernelDiedError(exit));
    });
  }

  /** How many messages came that are none, too long, or not signed with the kernel's key. They are left out. */
  get rejected(): number {
    return this.#rejected;
  }

  /** Waits until the kernel answers and its outputs arrive here. Returns its kernel_info reply. */
  async ready(options: { timeoutMilliseconds?: number; signal?: AbortSignal } = {}): Promise<Message["content"]> {
    const deadline = performance.now() + (options.timeoutMilliseconds ?? 60_000);
    for (;;) {
      const left = deadline - performance.now();
      const info = this.#ask("shell", "kernel_info_request", {});
      if (!(await unlessAborted(settlesWithin(info.reply, left), options.signal))) {
        throw new KernelSilentError("The kernel did not answer in time");
      }
      const { content } = await info.reply;
      // Older kernels do not say when a subscription stands: the first idle that arrives shows it.
      if (this.#welcomed || (await settlesWithin(info.idle, probeMilliseconds))) return content;
    }
  }

  /**
   * Runs code. Resolves when its reply and its idle have both come, whatever the order. Throws KernelDiedError, and
   * KernelSilentError where one of them has come, and nothing more does.
   */
  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const content = {
      code,
      silent: options.silent ?? false,
      store_history: options.storeHistory ?? !options.silent,
      user_expressions: options.userExpressions ?? {},
      allow_stdin: false,
      stop_on_error: options.stopOnError ?? true,
    };
    let told: Message["content"] | undefined;
    const { idle, reply } = this.#ask("shell", "execute_request", content, (message) => {
      if (message.header.msg_type === "error") told = message.content;
      options.onMessage?.(message);
    });
    await Promise.race([reply, idle]);
    if (!(await this.#follows(reply))) {
      throw new KernelSilentError("The kernel said that it had finished, but never answered");
    }
    if (!(await this.#follows(idle))) {
      throw new KernelSilentError("The kernel answered, but never said that it had finished");
    }
    return readReply(await reply, told);
  }

  /** Sends what has no reply, such as a message of a comm. */
  async tell(type: string, content: Message["content"]): Promise<void> {
    await this.process.transport.send("shell", this.#wire.write({ type, content }).frames);
  }

  /** By a signal, or by a message where the kernel wants that. */
  async interrupt(): Promise<void> {
    if (!this.process.interruptsByMessage) return this.process.interrupt();
    await this.process.transport.send("control", this.#wire.write({ type: "interrupt_request", content: {} }).frames);
  }

  /** Asks the kernel to end, then ends its process tree. Resolves when it is gone, and everything is closed. */
  async shutdown(graceMilliseconds = 3000): Promise<Exit> {
    this.#ask("control", "shutdown_request", { restart: false });
    await settlesWithin(this.process.exited, graceMilliseconds);
    const exit = await this.process.stop(1000);
    await this.process.transport.close();
    await this.#reading;
    this.#pending.fail(new KernelDiedError(exit));
    return exit;
  }

  /** Whether the other half of an answer comes; for as long as anything does (a flood of outputs), it is waited for. */
  async #follows(half: Promise<unknown>): Promise<boolean> {
    for (;;) {
      const before = this.#received;
      if (await settlesWithin(half, this.#halfMilliseconds)) return true;
      if (before === this.#received) return false;
    }
  }

  /** What a kernel sent before it died is still on its way: waits until nothing has come for a moment. */
  async #settled(): Promise<void> {
    for (let before = -1; before !== this.#received; ) {
      before = this.#received;
      await new Promise((resolve) => setTimeout(resolve, exitGraceMilliseconds));
    }
  }

  #ask(
    channel: "shell" | "control",
    type: string,
    content: Message["content"],
    onMessage?: (message: Message) => void,
  ): Asked {
    const { id, frames } = this.#wire.write({ type, content });
    const asked = this.#pending.add(id, onMessage);
    this.process.transport.send(channel, frames).catch((error) => this.#pending.reject(id, error));
    return asked;
  }

  async #read(): Promise<void> {
    for await (const { channel, frames } of this.process.transport.receive()) {
      this.#received += 1;
      const message = this.#wire.read(channel, frames);
      if (message === undefined) {
        this.#rejected += 1;
        continue;
      }
      if (message.header.msg_type === "iopub_welcome") this.#welcomed = true;
      else if (channel === "stdin") this.#refuseInput(message);
      else this.#pending.deliver(message);
    }
  }

  /** A run has nobody to ask. The kernel was told so; one that asks anyway gets an empty answer, or it would hang. */
  #refuseInput(message: Message): void {
    if (message.header.msg_type !== "input_request") return;
    const { frames } = this.#wire.write({ type: "input_reply", content: { value: "" }, parent: message.header });
    this.process.transport.send("stdin", frames).catch(() => {});
  }
}

const exitGraceMilliseconds = 30;
const probeMilliseconds = 200;

/**
 * `told` is the last error that came on iopub: where showing a value fails (its `_repr_html_`), IPython 9's reply is an
 * error of type `NoneType`, and only that message says which one it was.
 */
function readReply({ content, header }: Message, told: Message["content"] | undefined): ExecuteReply {
  const { ename, evalue, traceback } = content.ename === "NoneType" && told !== undefined ? told : content;
  return {
    status: content.status === "ok" || content.status === "error" ? content.status : "aborted",
    date: header.date,
    executionCount: typeof content.execution_count === "number" ? content.execution_count : null,
    ...(content.status === "error" && {
      error: {
        name: String(ename ?? ""),
        value: String(evalue ?? ""),
        traceback: Array.isArray(traceback) ? traceback.map(String) : [],
      },
    }),
    userExpressions: (content.user_expressions as Record<string, unknown> | undefined) ?? {},
  };
}
