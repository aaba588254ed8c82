import { randomUUID } from "node:crypto";
import { StringDecoder } from "node:string_decoder";
import { FrameQueue } from "../kernel/frame-queue.ts";
import type { Channel } from "../kernel/message.ts";
import type { Exit, KernelProcess } from "../kernel/process.ts";
import type { KernelOptions } from "./engine.ts";
import type { RelayHost, RelayProgram } from "./relay-host.ts";
import { packFrames, RecordReader, unpackFrames, writeRecord } from "./relay-records.ts";

/** The kinds of core/agent/relay.py. */
const channels: readonly Channel[] = ["shell", "control", "iopub", "stdin"];
const interruptKind = 16;
const secretsKind = 17;
const stdioKinds: Readonly<Record<number, "stdout" | "stderr">> = { 32: "stdout", 33: "stderr" };
const endKind = 34;

/** Where the agent's folder lies in a host. */
export const agentInside = "/opt/reprise/agent";

/** What the host of a kernel is asked with. */
interface RelayedKernelOptions extends Pick<KernelOptions, "environment" | "onStdio" | "secrets"> {
  /** The folder of the agent, as the host has it. */
  readonly agent: string;
  /** The interpreter, as the host has it. */
  readonly python: string;
  readonly kernelArguments: readonly string[];
}

/** Starts a host whose program is the relay, with a kernel in it. Throws what `start` throws. */
export async function startRelayedKernel<Host extends RelayHost>(
  start: (program: RelayProgram) => Promise<Host>,
  { agent, environment = {}, kernelArguments, onStdio, python, secrets }: RelayedKernelOptions,
): Promise<{ readonly kernel: KernelProcess; readonly host: Host }> {
  const key = randomUUID();
  const queue = new FrameQueue();
  const records = new RecordReader();
  const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  const ended = Promise.withResolvers<Pick<Exit, "code" | "signal" | "outOfMemory">>();
  let errors = "";
  const tell = (stream: "stdout" | "stderr", text: string): void => {
    if (stream === "stderr") errors = (errors + text).slice(-16_384);
    onStdio?.(stream, text);
  };
  const take = (kind: number, payload: Buffer): void => {
    const channel = channels[kind];
    const stream = stdioKinds[kind];
    if (channel) queue.push({ channel, frames: unpackFrames(payload) });
    else if (stream) tell(stream, decoders[stream].write(payload));
    else if (kind === endKind) ended.resolve(JSON.parse(payload.toString()));
  };
  const host = await start({
    command: [python, `${agent}/relay.py`, ...kernelArguments],
    environment: { ...environment, REPRISE_KERNEL_KEY: key, ...(secrets && { REPRISE_SECRETS: "1" }) },
    onOutput(stream, data) {
      // The relay's own errors: a missing pyzmq, a broken installation.
      if (stream === "stderr") tell("stderr", data.toString());
      else for (const { kind, payload } of records.read(data)) take(kind, payload);
    },
  });
  if (secrets !== undefined) host.write(writeRecord(secretsKind, Buffer.from(JSON.stringify(secrets))));
  // The relay tells of the kernel's end itself, before the host is gone; if it cannot, the host's end counts.
  const exited = Promise.race([
    ended.promise.then((end) => ({ ...end, stderr: errors })),
    host.exited.then((exit) => ({ ...exit, stderr: errors || exit.stderr })),
  ]);
  const kernel: KernelProcess = {
    key,
    exited,
    transport: {
      async send(channel, frames) {
        host.write(writeRecord(channels.indexOf(channel), packFrames(frames)));
      },
      receive: () => queue,
      async close() {
        queue.end();
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
  return { kernel, host };
}
