/** The Jupyter messaging protocol, version 5 (https://jupyter-client.readthedocs.io/en/stable/messaging.html). */

export type Channel = "shell" | "control" | "iopub" | "stdin";

export interface MessageHeader {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  /** ISO 8601. */
  readonly date: string;
  readonly msg_type: string;
  readonly version: string;
}

export interface Message {
  readonly channel: Channel;
  readonly header: MessageHeader;
  /** Empty object where the message answers none. */
  readonly parent_header: Partial<MessageHeader>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** Carries multipart frames to a kernel and back: ZeroMQ sockets, or the relay inside a container. */
export interface Transport {
  send(channel: Exclude<Channel, "iopub">, frames: readonly Uint8Array[]): Promise<void>;
  /** Every message of every channel, in the order it came in; ends when the transport is closed. */
  receive(): AsyncIterable<{ readonly channel: Channel; readonly frames: readonly Uint8Array[] }>;
  close(): Promise<void>;
}
