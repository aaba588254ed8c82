import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryStore, type OutputStore, type StoredText } from "../../kernel/output-store.ts";

/** A file of the spool; the next one is begun when it has become this large. */
const segmentBytes = 1 << 24;

/**
 * Keeps outputs in files that have no name any more, so that nothing is left however this process ends. The space of an
 * output is given back when all that lie in the same file are forgotten. Where nothing can be written (a full disk),
 * outputs stay in memory.
 */
export class OutputSpool implements OutputStore {
  readonly #folder: string;
  #segment: Segment | undefined;

  /** @param folder Where there is space; the system's folder for temporary files where it is absent. */
  constructor(folder: string = tmpdir()) {
    this.#folder = folder;
  }

  put(text: string): StoredText {
    // Windows takes no name away from an open file.
    if (process.platform === "win32") return memoryStore.put(text);
    try {
      if (this.#segment === undefined || this.#segment.bytes >= segmentBytes) this.#segment = new Segment(this.#folder);
      return this.#segment.append(text);
    } catch {
      return memoryStore.put(text);
    }
  }
}

class Segment {
  readonly #file: number;
  bytes = 0;

  constructor(folder: string) {
    const own = mkdtempSync(join(folder, "reprise-spool-"));
    try {
      this.#file = openSync(join(own, "outputs"), "wx+", 0o600);
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
    closing.register(this, this.#file);
  }

  append(text: string): StoredText {
    const start = this.bytes;
    const length = this.#write(Buffer.from(text));
    // What reads it holds this segment, and so its file.
    return { read: () => this.#read(start, length) };
  }

  #write(data: Buffer): number {
    for (let done = 0; done < data.length; ) {
      done += writeSync(this.#file, data, done, data.length - done, this.bytes + done);
    }
    this.bytes += data.length;
    return data.length;
  }

  #read(start: number, length: number): string {
    const data = length <= scratch.length ? scratch : Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const read = readSync(this.#file, data, done, length - done, start + done);
      if (read === 0) throw new Error("an output that was kept outside of memory has been cut off");
      done += read;
    }
    return data.toString("utf8", 0, length);
  }
}

/** What is read becomes text at once: for most of it one buffer does. */
const scratch = Buffer.allocUnsafeSlow(1 << 18);

/** A file is closed, and with that gone, when nothing refers to what lies in it any more. */
const closing = new FinalizationRegistry((file: number) => closeSync(file));
