import { randomUUID } from "node:crypto";
import { StringDecoder } from "node:string_decoder";
import { FrameQueue } from "../kernel/frame-queue.ts";
import type { Channel } from "../kernel/message.ts";
import type { Exit, KernelProcess } from "../kernel/process.ts";
import type { KernelOptions } from "./engine.ts";
import { OutputTail } from "./output-tail.ts";
import type { HostNames, RelayHost, RelayProgram } from "./relay-host.ts";
import { packFrames, RecordReader, unpackFrames, writeRecord } from "./relay-records.ts";

/** The kinds of core/agent/relay.py. */
const channels: readonly Channel[] = ["shell", "control", "iopub", "stdin"];
const interruptKind = 16;
const secretsKind = 17;
const stdioKinds: Readonly<Record<number, "stdout" | "stderr">> = { 32: "stdout", 33: "stderr" };
const endKind = 34;

/** History in memory only. */
const kernelArguments = ["--HistoryManager.hist_file=:memory:"];

/** Starts a host whose program is the relay, with a kernel in it. Throws what `start` throws. */
export async function startRelayedKernel(
  start: (program: RelayProgram) => Promise<RelayHost>,
  { agent, python }: HostNames,
  { environment = {}, onStdio, secrets }: Pick<KernelOptions, "environment" | "onStdio" | "secrets">,
): Promise<KernelProcess> {
  const key = randomUUID();
  const told = new RelayOutput(onStdio);
  const host = await start({
    command: [python, `${agent}/relay.py`, ...kernelArguments],
    environment: { ...environment, REPRISE_KERNEL_KEY: key, ...(secrets && { REPRISE_SECRETS: "1" }) },
    onOutput: (stream, data) => told.take(stream, data),
  });
  if (secrets !== undefined) host.write(writeRecord(secretsKind, Buffer.from(JSON.stringify(secrets))));
  // The relay tells of the kernel's end itself, before the host is gone; if it cannot, the host's end counts.
  const exited = Promise.race([
    told.ended,
    host.exited.then((exit) => ({ ...exit, stderr: told.errors || exit.stderr })),
  ]);
  return {
    key,
    exited,
    transport: {
      async send(channel, frames) {
        host.write(writeRecord(channels.indexOf(channel), packFrames(frames)));
      },
      receive: () => told.messages,
      async close() {
        told.messages.end();
      },
    },
    usage: () => host.usage(),
    async interrupt() {
      host.write(writeRecord(interruptKind, new Uint8Array()));
    },
    async stop(graceMilliseconds) {
      await host.stop(graceMilliseconds);
      return exited;
    },
  };
}

/** What a relay writes, taken apart. */
class RelayOutput {
  readonly messages = new FrameQueue();
  /** Settles when the relay tells of the kernel's end; never where it cannot. */
  readonly ended: Promise<Exit>;
  readonly #records = new RecordReader();
  readonly #end = Promise.withResolvers<Pick<Exit, "code" | "signal" | "outOfMemory">>();
  readonly #decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  readonly #ownErrors = new StringDecoder("utf8");
  readonly #tail = new OutputTail();
  readonly #onStdio: KernelOptions["onStdio"];

  constructor(onStdio: KernelOptions["onStdio"]) {
    this.#onStdio = onStdio;
    this.ended = this.#end.promise.then((end) => ({ ...end, stderr: this.errors }));
  }

  /** The end of what the relay and its kernel wrote to standard error. */
  get errors(): string {
    return this.#tail.text;
  }

  take(stream: "stdout" | "stderr", data: Buffer): void {
    // The relay's own errors: a missing pyzmq, a broken installation.
    if (stream === "stderr") this.#tell("stderr", this.#ownErrors.write(data));
    else for (const { kind, payload } of this.#records.read(data)) this.#takeRecord(kind, payload);
  }

  #takeRecord(kind: number, payload: Buffer): void {
    const channel = channels[kind];
    const stream = stdioKinds[kind];
    if (channel) this.messages.push({ channel, frames: unpackFrames(payload) });
    else if (stream) this.#tell(stream, this.#decoders[stream].write(payload));
    else if (kind === endKind) this.#end.resolve(JSON.parse(payload.toString()));
  }

  #tell(stream: "stdout" | "stderr", text: string): void {
    if (stream === "stderr") this.#tail.add(text);
    this.#onStdio?.(stream, text);
  }
}
