/** The records that core/agent/relay.py speaks: length (4 bytes, little endian), kind (1 byte), payload. */
export interface RelayRecord {
  readonly kind: number;
  readonly payload: Buffer;
}

const headerLength = 5;

/** A record as it goes over the relay: its length and kind, then its payload. */
export function writeRecord(kind: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt32LE(payload.length);
  header[4] = kind;
  return Buffer.concat([header, payload]);
}

/** The frames of a message as a payload: each with its length before it. */
export function packFrames(frames: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    frames.flatMap((frame) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(frame.length);
      return [length, frame];
    }),
  );
}

/** The frames of a message, out of the payload of its record. */
export function unpackFrames(payload: Buffer): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at + 4 <= payload.length; ) {
    const end = at + 4 + payload.readUInt32LE(at);
    frames.push(payload.subarray(at + 4, end));
    at = end;
  }
  return frames;
}

/** Puts records together again from a stream's chunks, in linear time however large they are. */
export class RecordReader {
  #chunks: Buffer[] = [];
  #length = 0;
  #wanted = headerLength;

  *read(chunk: Buffer): Generator<RelayRecord> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return;
    let data = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    while (data.length >= headerLength) {
      this.#wanted = headerLength + data.readUInt32LE(0);
      if (data.length < this.#wanted) break;
      yield { kind: data[4] as number, payload: data.subarray(headerLength, this.#wanted) };
      data = data.subarray(this.#wanted);
      this.#wanted = headerLength;
    }
    this.#chunks = [data];
    this.#length = data.length;
  }
}
