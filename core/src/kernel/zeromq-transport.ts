import { randomUUID } from "node:crypto";
import type { Dealer, Subscriber } from "zeromq";
import { FrameQueue } from "./frame-queue.ts";
import type { Channel, Transport } from "./message.ts";

/** Addresses of a kernel's sockets, such as `ipc:///tmp/k/kernel-1` or `tcp://127.0.0.1:5001`. */
export type ChannelAddresses = Readonly<Record<Channel, string>>;

/**
 * Sockets without a high-water mark (nothing is ever dropped), without lingering, and with one routing id for the
 * channels that a kernel answers on, so that its questions on stdin reach the asker.
 */
const socketOptions = { linger: 0, receiveHighWaterMark: 0, reconnectInterval: 10 };

/** Connects to a kernel's sockets; they may be bound later. */
export async function connectZeroMq(addresses: ChannelAddresses): Promise<Transport> {
  const zeromq = await import("zeromq");
  zeromq.context.blocky = false;
  const routingId = randomUUID();
  const dealer = (): Dealer => new zeromq.Dealer({ ...socketOptions, sendHighWaterMark: 0, routingId });
  const senders = { shell: dealer(), control: dealer(), stdin: dealer() };
  const iopub = new zeromq.Subscriber({ ...socketOptions });
  iopub.subscribe();
  const sockets: Readonly<Record<Channel, Dealer | Subscriber>> = { ...senders, iopub };
  const queue = new FrameQueue();
  const listening = (Object.keys(sockets) as Channel[]).map(async (channel) => {
    sockets[channel].connect(addresses[channel]);
    for await (const frames of sockets[channel]) queue.push({ channel, frames });
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
        await Promise.all(listening);
        queue.end();
      })();
      return closing;
    },
  };
}
