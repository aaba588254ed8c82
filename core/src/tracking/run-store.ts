import { readdir, readFile, rm } from "node:fs/promises";
import { hostname, uptime } from "node:os";
import { join } from "node:path";
import { writeFileAtomically } from "../host/atomic-file.ts";
import { makeFolder } from "../host/make-folder.ts";
import { isProcessAlive } from "../host/process-alive.ts";
import { notebookPieces } from "../notebook/serialise.ts";
import { ProblemError } from "../problem/problem.ts";
import { journalName } from "../run/journal/journal.ts";
import { recoverRun } from "../run/journal/recover.ts";
import type { OutputFile, RunRecord } from "../run/record/record.ts";
import type { RunFile } from "../run/request.ts";
import { readRecord, writeRecord } from "./record-json.ts";
import { keepFile } from "./run-files.ts";
import { type IndexedRun, RunIndex, type RunOwner } from "./run-index.ts";
import { type RunSummary, summaryOf } from "./run-summary.ts";

export interface RunFilter {
  readonly experiment?: string;
  readonly status?: RunRecord["status"];
  /** The notebook or project, as it stands in the records. */
  readonly code?: string;
  /** How many, the newest first; 1000 if absent. */
  readonly limit?: number;
}

/**
 * The embedded store of runs: `runs/<id>/record.json` with the run's files beside it, large files in `objects/`, and an
 * index that can be made again from the folders at any time. The folders are the truth.
 */
export interface RunStore {
  readonly folder: string;
  /** The folder of a run. */
  folderOf(id: string): string;
  /** Makes the run's folder and its record. Throws ProblemError RP343 where that cannot be written. */
  begin(record: RunRecord): Promise<void>;
  /** Writes the record again while the run goes on. */
  update(record: RunRecord): Promise<void>;
  /** Keeps the files and writes the final record, with `outputs` filled in, which it answers with. */
  finish(record: RunRecord, files: readonly RunFile[]): Promise<RunRecord>;
  /** The newest first. A run whose process is gone is `died`. */
  list(filter?: RunFilter): Promise<RunSummary[]>;
  /** By the beginning of an id. Throws ProblemError RP341 for none, RP342 for several. */
  show(prefix: string): Promise<RunRecord>;
  close(): void;
}

/** Opens the store in a folder (see `storeFolder`), which is made with the first run. Throws ProblemError RP343. */
export async function openRunStore(folder: string): Promise<RunStore> {
  const store = new FolderStore(folder);
  await store.open();
  return store;
}

/** There may be more runs than files that a process may have open. */
const runsAtOnce = 32;

class FolderStore implements RunStore {
  readonly folder: string;
  #index: RunIndex | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  async open(): Promise<void> {
    const runs = join(this.folder, "runs");
    try {
      makeFolder(runs);
      this.#index = await this.#openIndex();
    } catch (error) {
      throw notWritable(this.folder, error);
    }
  }

  async #openIndex(): Promise<RunIndex> {
    const file = join(this.folder, "index.sqlite");
    let opened: Awaited<ReturnType<typeof RunIndex.open>>;
    try {
      opened = await RunIndex.open(file);
    } catch (error) {
      if (!isDamage(error)) throw error;
      for (const end of ["", "-wal", "-shm"]) await rm(`${file}${end}`, { force: true });
      opened = await RunIndex.open(file);
    }
    if (opened.isNew) await this.#fill(opened.index);
    return opened.index;
  }

  folderOf(id: string): string {
    return join(this.folder, "runs", id);
  }

  async begin(record: RunRecord): Promise<void> {
    try {
      makeFolder(this.folderOf(record.id));
      await writeFileAtomically(join(this.folderOf(record.id), "owner.json"), JSON.stringify(thisProcess()));
      await this.#write(record, thisProcess());
    } catch (error) {
      throw notWritable(this.folder, error);
    }
  }

  async update(record: RunRecord): Promise<void> {
    await this.#write(record, record.status === "running" ? thisProcess() : undefined);
  }

  async finish(record: RunRecord, files: readonly RunFile[]): Promise<RunRecord> {
    const runFolder = this.folderOf(record.id);
    const kept: OutputFile[] = [];
    for (const file of files) kept.push(await keepFile(this.folder, runFolder, file));
    const names = new Set(kept.map(({ name }) => name));
    const final = { ...record, outputs: [...record.outputs.filter(({ name }) => !names.has(name)), ...kept] };
    await this.#write(final, undefined);
    await rm(join(runFolder, "owner.json"), { force: true });
    return final;
  }

  async list(filter: RunFilter = {}): Promise<RunSummary[]> {
    const { limit = 1000, status, ...where } = filter;
    // Runs that died stand in the index as running until somebody looks.
    for (const { summary, owner } of this.#opened.list({ status: "running" }, -1)) {
      if (!isAlive(owner, summary.started)) await this.#bury(summary.id);
    }
    const found = this.#opened.list({ ...where, ...(status === undefined ? {} : { status }) }, limit);
    return found.map(({ summary }) => summary);
  }

  async show(prefix: string): Promise<RunRecord> {
    const wanted = prefix.toLowerCase();
    const ids = /^[0-9a-f]+$/.test(wanted) ? this.#opened.withPrefix(wanted, 10) : [];
    const [id] = ids;
    if (id === undefined) {
      throw new ProblemError({
        id: "RP341",
        message: `There is no run "${prefix}" in ${this.folder}.`,
        mend: "`reprise runs list` shows which there are; REPRISE_HOME names another store.",
      });
    }
    if (ids.length > 1) {
      throw new ProblemError({
        id: "RP342",
        message: `"${prefix}" is the beginning of more than one run: ${ids.map((one) => one.slice(0, 12)).join(", ")}.`,
        mend: "Give more of the id.",
      });
    }
    const record = await this.#read(id);
    if (record === undefined) {
      throw new ProblemError({
        id: "RP341",
        message: `The record of run ${id} is missing or cut off.`,
        place: { file: join(this.folderOf(id), "record.json") },
        mend: "Put the file back, or remove the folder that it stands in.",
      });
    }
    const isLeft = record.status === "running" && !isAlive(await this.#ownerOf(id), record.started);
    return (isLeft ? await this.#bury(id) : undefined) ?? record;
  }

  close(): void {
    this.#index?.close();
    this.#index = undefined;
  }

  get #opened(): RunIndex {
    if (this.#index === undefined) throw new Error("the run store is closed");
    return this.#index;
  }

  async #fill(index: RunIndex): Promise<void> {
    const before = index.ids();
    const entries = await readdir(join(this.folder, "runs"), { withFileTypes: true });
    const ids = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const found: IndexedRun[] = [];
    for (let at = 0; at < ids.length; at += runsAtOnce) {
      const some = await Promise.all(ids.slice(at, at + runsAtOnce).map((id) => this.#indexed(id)));
      found.push(...some.flat());
    }
    const known = new Set(found.map(({ summary }) => summary.id));
    index.transaction(() => {
      for (const { owner, summary } of found) index.put(summary, owner);
      // Only what stood there before the folders were read: other processes begin runs meanwhile.
      for (const id of before) if (!known.has(id)) index.remove(id);
    });
  }

  async #write(record: RunRecord, owner: RunOwner | undefined): Promise<void> {
    await writeFileAtomically(join(this.folderOf(record.id), "record.json"), writeRecord(record));
    this.#opened.put(summaryOf(record), owner);
  }

  async #read(id: string): Promise<RunRecord | undefined> {
    return readRecord(await readFile(join(this.folderOf(id), "record.json"), "utf8").catch(() => ""));
  }

  async #ownerOf(id: string): Promise<RunOwner | undefined> {
    try {
      return JSON.parse(await readFile(join(this.folderOf(id), "owner.json"), "utf8")) as RunOwner;
    } catch {
      return undefined;
    }
  }

  async #indexed(id: string): Promise<readonly IndexedRun[]> {
    const record = await this.#read(id);
    return record === undefined ? [] : [{ summary: summaryOf(record), owner: await this.#ownerOf(id) }];
  }

  /** A run that its process left behind: it died, unless its record says how it ended. What it had done is in its journal. */
  async #bury(id: string): Promise<RunRecord | undefined> {
    const record = await this.#read(id);
    if (record?.status !== "running") {
      if (record === undefined) this.#opened.remove(id);
      else this.#opened.put(summaryOf(record));
      return record;
    }
    const message = "The process that ran it ended without a word.";
    const died: RunRecord = { ...record, status: "died", failure: { name: "Died", message, traceback: [] } };
    const recovered = await recoverRun(join(this.folderOf(id), journalName));
    if (recovered === undefined) {
      await this.#write(died, undefined);
      return died;
    }
    const cells = [...recovered.cells.values()].map(({ content: _, ...cell }) => cell);
    const notebook = { name: "notebook.ipynb", pieces: () => notebookPieces(recovered.content) };
    return await this.finish({ ...died, cells, metrics: recovered.metrics }, [notebook]);
  }
}

function thisProcess(): RunOwner {
  return { process: process.pid, host: hostname() };
}

/** A run of another machine (a shared folder) counts as alive: nothing here can tell. */
function isAlive(owner: RunOwner | undefined, started: string): boolean {
  if (owner === undefined) return false;
  if (owner.host !== hostname()) return true;
  const booted = Date.now() - uptime() * 1000;
  if (Date.parse(started) < booted - 60_000) return false;
  return isProcessAlive(owner.process);
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && /not a database|malformed|disk image/.test(error.message);
}

function notWritable(folder: string, error: unknown): ProblemError {
  return new ProblemError(
    {
      id: "RP343",
      message: `The store of runs, ${folder}, cannot be written.`,
      place: { file: folder },
      mend: "Free space or give the right to write there, name another folder with REPRISE_HOME, or run with --no-save.",
      cause: error instanceof Error ? error.message : String(error),
    },
    { cause: error },
  );
}
