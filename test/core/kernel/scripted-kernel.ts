import { FrameQueue } from "../../../core/src/kernel/frame-queue.ts";
import type { Channel, Message } from "../../../core/src/kernel/message.ts";
import type { Exit, KernelProcess } from "../../../core/src/kernel/process.ts";
import { Wire } from "../../../core/src/kernel/wire.ts";

type Send = (channel: Channel, type: string, content: object) => void;

/** What a scripted kernel answers to a request: messages in this order, of this request or of another's. */
export type Answer = (
  request: Message,
  send: Send,
  sendAs: (parent: string, ...message: Parameters<Send>) => void,
) => void;

/** A kernel that breaks the rules that a real one keeps: for what no real one can be made to do. */
export function scriptedKernel(answer: Answer): KernelProcess {
  const wire = new Wire("key");
  const queue = new FrameQueue();
  const ended = Promise.withResolvers<Exit>();
  return {
    key: "key",
    exited: ended.promise,
    interrupt: async () => {},
    async stop() {
      ended.resolve({ code: 0, signal: null, outOfMemory: false, stderr: "" });
      return ended.promise;
    },
    transport: {
      async send(channel, frames) {
        const request = wire.read(channel, frames);
        if (request === undefined) throw new Error("the request cannot be read");
        const sendAs = (parentId: string, to: Channel, type: string, content: object): void => {
          const parent = { ...request.header, msg_id: parentId };
          queue.push({ channel: to, frames: wire.write({ type, content: { ...content }, parent }).frames });
        };
        answer(request, (...message) => sendAs(request.header.msg_id, ...message), sendAs);
      },
      receive: () => queue,
      async close() {
        queue.end();
      },
    },
  };
}
