import type { DatabaseSync } from "node:sqlite";
import type { RunSummary } from "./run-summary.ts";

/** Changes with the table's columns; an index of another version is made anew from the folders. */
const version = 1;

/** The process that writes a run, so that one which died can be told from one that runs. */
export interface RunOwner {
  readonly process: number;
  readonly host: string;
}

export interface IndexedRun {
  readonly summary: RunSummary;
  readonly owner: RunOwner | undefined;
}

/**
 * The index of the runs, in SQLite: it makes lists fast, holds nothing that is not in the folders, and is safe for many
 * processes at once (write-ahead log, waiting for locks).
 */
export class RunIndex {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** `isNew` where it was missing or of another version: it is empty then. Throws what SQLite throws. */
  static async open(file: string): Promise<{ readonly index: RunIndex; readonly isNew: boolean }> {
    const { DatabaseSync: Database } = await loadSqlite();
    const database = new Database(file, { timeout: 10_000 });
    try {
      database.exec("PRAGMA synchronous = NORMAL");
      useWriteAheadLog(database);
      database.exec("BEGIN IMMEDIATE");
      const found = database.prepare("PRAGMA user_version").get() as { user_version: number };
      const isNew = found.user_version !== version;
      if (isNew) {
        database.exec(`DROP TABLE IF EXISTS runs;
          CREATE TABLE runs (id TEXT PRIMARY KEY, started TEXT NOT NULL, experiment TEXT NOT NULL, status TEXT NOT NULL,
            code TEXT NOT NULL, summary TEXT NOT NULL, process INTEGER, host TEXT);
          CREATE INDEX by_start ON runs (started DESC); PRAGMA user_version = ${version}`);
      }
      database.exec("COMMIT");
      return { index: new RunIndex(database), isNew };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  put(summary: RunSummary, owner?: RunOwner): void {
    this.#database
      .prepare("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .run(
        summary.id,
        summary.started,
        summary.experiment,
        summary.status,
        summary.code,
        JSON.stringify(summary),
        owner?.process ?? null,
        owner?.host ?? null,
      );
  }

  remove(id: string): void {
    this.#database.prepare("DELETE FROM runs WHERE id = ?").run(id);
  }

  /** The newest first. */
  list(
    where: { readonly experiment?: string; readonly status?: string; readonly code?: string },
    limit: number,
  ): IndexedRun[] {
    const conditions = Object.entries(where).filter(([, value]) => value !== undefined);
    const clause = conditions.length === 0 ? "" : `WHERE ${conditions.map(([name]) => `${name} = ?`).join(" AND ")}`;
    return this.#database
      .prepare(`SELECT summary, process, host FROM runs ${clause} ORDER BY started DESC, id LIMIT ?`)
      .all(...conditions.map(([, value]) => value), limit)
      .map(readRow);
  }

  /** Runs whose id begins so; at most `limit`. */
  withPrefix(prefix: string, limit: number): string[] {
    return this.#database
      .prepare("SELECT id FROM runs WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT ?")
      .all(prefix.length, prefix, limit)
      .map((row) => String(row.id));
  }

  /** All or nothing. */
  transaction(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  ids(): string[] {
    return this.#database
      .prepare("SELECT id FROM runs")
      .all()
      .map((row) => String(row.id));
  }

  close(): void {
    this.#database.close();
  }
}

function readRow(row: Readonly<Record<string, unknown>>): IndexedRun {
  const hasOwner = typeof row.process === "number" && typeof row.host === "string";
  return {
    summary: JSON.parse(String(row.summary)) as RunSummary,
    owner: hasOwner ? { process: row.process as number, host: row.host as string } : undefined,
  };
}

/** The switch does not wait for other connections; where another one makes it at this moment, it is made. */
function useWriteAheadLog(database: DatabaseSync): void {
  for (let attempt = 1; ; attempt++) {
    try {
      database.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (attempt === 50 || !(error instanceof Error && /locked/.test(error.message))) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** Node warns that its SQLite is experimental whenever it is loaded: of no use to whoever runs a notebook. */
async function loadSqlite(): Promise<typeof import("node:sqlite")> {
  const warn = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return await import("node:sqlite");
  } finally {
    process.emitWarning = warn;
  }
}
