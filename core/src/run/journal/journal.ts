import { closeSync, createReadStream, fdatasync, fdatasyncSync, openSync, writeFileSync } from "node:fs";
import type { JournalEntry, JournalHead } from "./journal-entry.ts";

/** In the run's folder. */
export const journalName = "journal.jsonl";

/** How often what is written is also forced onto the disk: what an outage of the machine may cost. */
const syncMilliseconds = 1000;

/** What waits is written at once when it is this much. */
const largestWrite = 1 << 16;

/**
 * Appends what happens in a run to a file, a line of JSON each, as it comes: what is written survives the end of this
 * process, however it ends. A failure does not fail the run.
 */
export class Journal {
  readonly #file: number;
  readonly #onFailure: (error: Error) => void;
  #waiting: string[] = [];
  /** Of what waits, in characters. */
  #length = 0;
  #synced = performance.now();
  #hasFailed = false;

  private constructor(file: number, onFailure: (error: Error) => void) {
    this.#file = file;
    this.#onFailure = onFailure;
  }

  /** `onFailure` is told once, of the first error; nothing is written after it. Throws the operating system's error. */
  static create(path: string, head: JournalHead, onFailure: (error: Error) => void): Journal {
    const journal = new Journal(openSync(path, "w"), onFailure);
    journal.#add(head);
    return journal;
  }

  append(entry: JournalEntry): void {
    this.#add(entry);
  }

  /** What was appended survives this process from now on. */
  flush(): void {
    this.#write();
  }

  /** Everything is on the disk afterwards, and the file is closed. */
  close(): void {
    this.#write();
    this.#attempt(() => fdatasyncSync(this.#file));
    this.#hasFailed = true;
    closeSync(this.#file);
  }

  /** What comes in one turn of the event loop goes out at once: a flood of messages is few writes. */
  #add(line: JournalEntry | JournalHead): void {
    if (this.#hasFailed) return;
    if (this.#waiting.length === 0) setImmediate(() => this.#write());
    this.#attempt(() => {
      // A line can be longer than a text may be.
      const text = `${JSON.stringify(line)}\n`;
      this.#waiting.push(text);
      this.#length += text.length;
    });
    if (this.#length >= largestWrite) this.#write();
  }

  /** Into the system's cache, which takes microseconds; that survives this process, and the sync even the machine's end. */
  #write(): void {
    const text = this.#waiting.join("");
    this.#waiting = [];
    this.#length = 0;
    if (text === "") return;
    this.#attempt(() => {
      writeFileSync(this.#file, text);
      if (performance.now() - this.#synced < syncMilliseconds) return;
      this.#synced = performance.now();
      fdatasync(this.#file, () => {});
    });
  }

  /** Does nothing once something has failed. */
  #attempt(work: () => void): void {
    if (this.#hasFailed) return;
    try {
      work();
    } catch (error) {
      this.#hasFailed = true;
      this.#onFailure(error as Error);
    }
  }
}

export interface ReadJournal {
  readonly head: JournalHead;
  /** A line that was cut off, and what follows one that cannot be read, is left out. */
  readonly entries: AsyncIterable<JournalEntry>;
}

/** Reads a journal; `undefined` where there is none, or its head was cut off. */
export async function readJournal(path: string): Promise<ReadJournal | undefined> {
  const lines = linesOf(path);
  const { value } = await lines.next();
  const head = parse(value) as JournalHead | undefined;
  if (head?.schema !== "reprise.journal/1") return undefined;
  return { head, entries: entriesOf(lines) };
}

async function* entriesOf(lines: AsyncIterable<string>): AsyncGenerator<JournalEntry> {
  for await (const line of lines) {
    const entry = parse(line) as JournalEntry | undefined;
    if (entry === undefined) return;
    yield entry;
  }
}

/** Split at line feeds only: text in JSON may hold every other separator. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = "";
  try {
    for await (const piece of createReadStream(path, "utf8")) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function parse(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? "");
  } catch {
    return undefined;
  }
}
