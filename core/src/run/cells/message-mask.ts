import type { ExecuteReply } from "../../kernel/client.ts";
import type { Message } from "../../kernel/message.ts";
import type { MaskedStream, SecretMask } from "../../secret/secret-mask.ts";

interface OpenStream {
  readonly name: unknown;
  readonly masked: MaskedStream;
  last: Message;
}

/**
 * Takes the secrets out of a kernel's messages as they come. A secret may be in two pieces of a cell's text: what may be
 * the beginning of one waits for the next message of the same cell, and comes out before it where that is another stream's.
 */
export class MessageMask {
  readonly #mask: SecretMask;
  readonly #streams = new Map<string, OpenStream>();

  constructor(mask: SecretMask) {
    this.#mask = mask;
  }

  /** The messages that may be told now; `cell` names whose they are. */
  take(cell: string, message: Message): readonly Message[] {
    if (!this.#mask.isActive) return [message];
    if (message.header.msg_type !== "stream") {
      // A change of state between two pieces of text tells nothing of the text.
      const before = message.header.msg_type === "status" ? [] : this.flush(cell);
      const { buffers, content } = message;
      const clean = buffers.map((bytes) => this.#mask.bytes(bytes));
      return [...before, { ...message, content: this.#mask.value(content), buffers: clean }];
    }
    const open = this.#streams.get(cell);
    const isSame = open?.name === message.content.name;
    const before = isSame ? [] : this.flush(cell);
    const stream = isSame && open ? open : { name: message.content.name, masked: this.#mask.stream(), last: message };
    stream.last = message;
    this.#streams.set(cell, stream);
    return [...before, ...withText(message, stream.masked.push(String(message.content.text ?? "")))];
  }

  /** What a cell raised, without secrets. */
  reply(reply: ExecuteReply): ExecuteReply {
    return reply.error === undefined ? reply : { ...reply, error: this.#mask.value(reply.error) };
  }

  /** What still waits of a cell, when nothing more comes. */
  flush(cell: string): readonly Message[] {
    const open = this.#streams.get(cell);
    if (open === undefined) return [];
    this.#streams.delete(cell);
    return withText(open.last, open.masked.flush());
  }
}

function withText(message: Message, text: string): readonly Message[] {
  return text === "" ? [] : [{ ...message, content: { ...message.content, text } }];
}
