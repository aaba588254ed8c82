import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { JournalEntry, JournalHead } from "./journal-entry.ts";

/** In the run's folder. */
export const journalName = "journal.jsonl";

/** How often what is written is also forced onto the disk: what an outage of the machine may cost. */
const syncMilliseconds = 1000;

/**
 * Appends what happens in a run to a file, a line of JSON each, as it comes: what is written survives the end of this
 * process, however it ends. Writing goes on beside the run and never fails it.
 */
export class Journal {
  readonly #file: FileHandle;
  readonly #onFailure: (error: Error) => void;
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;
  #synced = performance.now();
  #hasFailed = false;

  private constructor(file: FileHandle, onFailure: (error: Error) => void) {
    this.#file = file;
    this.#onFailure = onFailure;
  }

  /** `onFailure` is told once, of the first error; nothing is written after it. Throws the operating system's error. */
  static async create(path: string, head: JournalHead, onFailure: (error: Error) => void): Promise<Journal> {
    const journal = new Journal(await open(path, "w"), onFailure);
    journal.#add(head);
    return journal;
  }

  append(entry: JournalEntry): void {
    this.#add(entry);
  }

  /** Resolves when everything is on the disk, and the file is closed. */
  async close(): Promise<void> {
    await this.#writing;
    if (!this.#hasFailed) await this.#file.datasync().catch(() => {});
    await this.#file.close();
  }

  #add(line: JournalEntry | JournalHead): void {
    if (this.#hasFailed) return;
    this.#waiting.push(`${JSON.stringify(line)}\n`);
    this.#writing ??= this.#write();
  }

  /** All that came while the last lines were written goes out at once. */
  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const lines = this.#waiting;
        this.#waiting = [];
        await this.#file.appendFile(lines.join(""));
        if (performance.now() - this.#synced < syncMilliseconds) continue;
        await this.#file.datasync();
        this.#synced = performance.now();
      }
    } catch (error) {
      this.#hasFailed = true;
      this.#waiting = [];
      this.#onFailure(error as Error);
    } finally {
      this.#writing = undefined;
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
