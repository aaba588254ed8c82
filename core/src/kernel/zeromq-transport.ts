import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Dealer, Subscriber } from "zeromq";
import { FrameQueue } from "./frame-queue.ts";
import { Gathering } from "./gathering.ts";
import type { Channel, Transport } from "./message.ts";

/** Addresses of a kernel's sockets, such as `ipc:///tmp/k/kernel-1` or `tcp://127.0.0.1:5001`. */
export type ChannelAddresses = Readonly<Record<Channel, string>>;

/**
 * Sockets without a high-water mark (nothing is ever dropped), without lingering, and with one routing id for the
 * channels that a kernel answers on, so that its questions on stdin reach the asker.
 */
const socketOptions = { linger: 0, receiveHighWaterMark: 0, reconnectInterval: 10 };

/**
 * Connects to a kernel's sockets; they may be bound later.
 *
 * @param waitsForReader The kernel drops no output that is not taken yet. Then few messages are taken ahead, and what
 *   comes faster than it is read waits there instead of in the memory of this process.
 */
export async function connectZeroMq(addresses: ChannelAddresses, waitsForReader = false): Promise<Transport> {
  const zeromq = await import("zeromq");
  zeromq.context.blocky = false;
  const routingId = randomUUID();
  const dealer = (): Dealer => new zeromq.Dealer({ ...socketOptions, sendHighWaterMark: 0, routingId });
  const senders = { shell: dealer(), control: dealer(), stdin: dealer() };
  const iopub = new zeromq.Subscriber({
    ...socketOptions,
    ...(waitsForReader && { receiveHighWaterMark: messagesAhead }),
  });
  iopub.subscribe();
  const sockets: Readonly<Record<Channel, Dealer | Subscriber>> = { ...senders, iopub };
  const queue = new FrameQueue();
  const gathering = new Gathering();
  const listening = (Object.keys(sockets) as Channel[]).map(async (channel) => {
    sockets[channel].connect(addresses[channel]);
    let bytes = 0;
    for await (const frames of sockets[channel]) {
      queue.push({ channel, frames });
      await queue.room();
      // Outputs may gather; an answer says that the last of them are there, or close behind.
      if (channel !== "iopub") gathering.cut();
      else {
        gathering.count();
        if (!iopub.readable) await gathering.pause();
      }
      for (const { byteLength } of frames) bytes += byteLength;
      if (bytes < bytesATurn) continue;
      // Memory of messages is given back between turns of the event loop, in which a flood leaves no gap.
      bytes = 0;
      await setImmediate();
    }
  });
  // A socket takes one message at a time; the next waits for it.
  const sending = new Map<Channel, Promise<void>>();
  let closing: Promise<void> | undefined;
  return {
    send(channel, frames) {
      const sent = (sending.get(channel) ?? Promise.resolve()).then(() =>
        senders[channel].send([...frames] as Buffer[]),
      );
      sending.set(
        channel,
        sent.catch(() => {}),
      );
      return sent;
    },
    receive: () => queue,
    close() {
      closing ??= (async () => {
        for (const socket of Object.values(sockets)) socket.close();
        gathering.cut();
        await Promise.all(listening);
        queue.end();
      })();
      return closing;
    },
  };
}

const messagesAhead = 50;
const bytesATurn = 1 << 20;
