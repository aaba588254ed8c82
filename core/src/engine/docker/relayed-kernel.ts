import { randomUUID } from "node:crypto";
import { StringDecoder } from "node:string_decoder";
import type Docker from "dockerode";
import { FrameQueue } from "../../kernel/frame-queue.ts";
import type { Channel } from "../../kernel/message.ts";
import type { Exit, KernelProcess } from "../../kernel/process.ts";
import type { KernelOptions } from "../engine.ts";
import { Container, type ContainerOptions } from "./container.ts";
import { packFrames, RecordReader, unpackFrames, writeRecord } from "./relay-records.ts";

/** The kinds of core/agent/relay.py. */
const channels: readonly Channel[] = ["shell", "control", "iopub", "stdin"];
const interruptKind = 16;
const secretsKind = 17;
const stdioKinds: Readonly<Record<number, "stdout" | "stderr">> = { 32: "stdout", 33: "stderr" };
const endKind = 34;

/** Where the agent's folder lies in a container. */
export const agentInside = "/opt/reprise/agent";

/** Starts a container whose command is the relay, with a kernel in it. Throws as `Container.start`. */
export async function startRelayedKernel(
  daemon: Docker,
  options: Omit<ContainerOptions, "command" | "onOutput">,
  kernelArguments: readonly string[],
  { onStdio, secrets }: Pick<KernelOptions, "onStdio" | "secrets">,
): Promise<{ readonly kernel: KernelProcess; readonly container: Container }> {
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
  const container = await Container.start(daemon, {
    ...options,
    command: ["python", `${agentInside}/relay.py`, ...kernelArguments],
    environment: { ...options.environment, REPRISE_KERNEL_KEY: key, ...(secrets && { REPRISE_SECRETS: "1" }) },
    onOutput(stream, data) {
      // The relay's own errors: a missing pyzmq, a broken installation.
      if (stream === "stderr") tell("stderr", data.toString());
      else for (const { kind, payload } of records.read(data)) take(kind, payload);
    },
  });
  if (secrets !== undefined) container.write(writeRecord(secretsKind, Buffer.from(JSON.stringify(secrets))));
  // The relay tells of the kernel's end itself, before the container is gone; if it cannot, the container's end counts.
  const exited = Promise.race([
    ended.promise.then((end) => ({ ...end, stderr: errors })),
    container.exited.then((exit) => ({ ...exit, stderr: errors || exit.stderr })),
  ]);
  const kernel: KernelProcess = {
    key,
    exited,
    transport: {
      async send(channel, frames) {
        container.write(writeRecord(channels.indexOf(channel), packFrames(frames)));
      },
      receive: () => queue,
      async close() {
        queue.end();
      },
    },
    usage: () => container.usage(),
    async interrupt() {
      container.write(writeRecord(interruptKind, new Uint8Array()));
    },
    async stop(graceMilliseconds) {
      await container.stop(graceMilliseconds);
      return exited;
    },
  };
  return { kernel, container };
}
