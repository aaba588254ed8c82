import { randomUUID, timingSafeEqual } from "node:crypto";
import type { Channel, Message } from "./message.ts";
import { MessageSignature } from "./message-signature.ts";

/** The wire form of messages: https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol */
const delimiter = Buffer.from("<IDS|MSG>");
const protocolVersion = "5.3";
const encode = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** What a message to the kernel is made of. */
export interface Request {
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly parent?: Message["header"];
}

/** Makes, signs, checks and reads the messages of one session with one kernel. */
export class Wire {
  readonly session = randomUUID();
  /** Absent where the kernel signs nothing. */
  readonly #signature: MessageSignature | undefined;
  #count = 0;
  #lastParent: { readonly bytes: Uint8Array; readonly header: Message["parent_header"] } | undefined;

  constructor(key: string) {
    this.#signature = key === "" ? undefined : new MessageSignature(key);
  }

  /** The frames of a new message, signed, and the id that its answers will name as their parent. */
  write(request: Request): { readonly id: string; readonly frames: readonly Uint8Array[] } {
    const id = `${this.session}_${this.#count++}`;
    const header: Message["header"] = {
      msg_id: id,
      session: this.session,
      username: "reprise",
      date: new Date().toISOString(),
      msg_type: request.type,
      version: protocolVersion,
    };
    const parts = [header, request.parent ?? {}, {}, request.content].map(encode);
    return { id, frames: [delimiter, Buffer.from(this.#signature?.of(parts) ?? ""), ...parts] };
  }

  /** Reads a message; `undefined` where it is none or too long for a text, or where its signature is not the kernel's. */
  read(channel: Channel, frames: readonly Uint8Array[]): Message | undefined {
    const start = frames.findIndex((frame) => Buffer.compare(frame, delimiter) === 0);
    const [signature, ...parts] = frames.slice(start + 1, start + 6);
    if (start === -1 || signature === undefined || parts.length < 4) return undefined;
    if (this.#signature && !sameBytes(signature, Buffer.from(this.#signature.of(parts)))) return undefined;
    try {
      const [header, parent, metadata, content] = parts as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
      return {
        channel,
        header: named(parse(header)),
        parent_header: this.#parentIn(parent),
        metadata: parse(metadata),
        content: parse(content),
        buffers: frames.slice(start + 6),
      };
    } catch (error) {
      if (isNoMessage(error)) return undefined;
      throw error;
    }
  }

  /** All messages that answer one request name it in the same bytes: they are read once. */
  #parentIn(bytes: Uint8Array): Message["parent_header"] {
    const last = this.#lastParent;
    if (last !== undefined && Buffer.compare(last.bytes, bytes) === 0) return last.header;
    const header = parse(bytes);
    this.#lastParent = { bytes, header };
    return header;
  }
}

/** A part is no JSON object, or half a gigabyte long: more than a text can be. */
function isNoMessage(error: unknown): boolean {
  return error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === "ERR_STRING_TOO_LONG";
}

/** An object; `null` stands for an empty one. Throws SyntaxError for everything else. */
function parse(part: Uint8Array): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(textOf(part)) ?? {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw new SyntaxError("a part of a message is no object");
}

/** A message without a type is none. Throws SyntaxError. */
function named(header: Readonly<Record<string, unknown>>): Message["header"] {
  if (typeof header.msg_type === "string") return header as unknown as Message["header"];
  throw new SyntaxError("a message has no type");
}

/** Without a copy of the bytes: some messages are large. */
function textOf({ buffer, byteLength, byteOffset }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
