import { existsSync, statSync, utimesSync } from "node:fs";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type * as nbformat from "@jupyterlab/nbformat";
import { writeFileAtomically } from "../../host/atomic-file.ts";
import { cacheFolder } from "../../host/cache-folder.ts";
import type { MetricPoint } from "../record/record.ts";

/** What a cell gave, as it is kept; its values lie beside it. */
export interface StoredCell {
  readonly schema: "reprise.cell/1";
  /** The run that executed it. */
  readonly run: string;
  readonly seconds: number;
  readonly outputs: readonly nbformat.IOutput[];
  readonly executionCount: number | null;
  readonly metrics: readonly MetricPoint[];
  /** Names that are not bound after it. */
  readonly gone: readonly string[];
}

/** Below this, nothing is removed; `REPRISE_CELL_CACHE_BYTES` names another size. */
const defaultLimit = 5e9;

/** Cells of earlier runs by their keys, in Reprise's cache. The size is kept below a limit: what was not used the longest goes first. */
export class CellStore {
  readonly folder: string;

  constructor(folder = cacheFolder("cells")) {
    this.folder = folder;
  }

  /** Those that ran in containers lie apart: what a container wrote is never read outside of one. */
  static ofContainers(): CellStore {
    return new CellStore(cacheFolder("container-cells"));
  }

  /** How many bytes are kept at most, in each of the two. */
  static limit(): number {
    return Number(process.env.REPRISE_CELL_CACHE_BYTES) || defaultLimit;
  }

  /** Where a kernel saves a cell's values, in a folder that it makes. */
  valuesOf(key: string): string {
    return join(this.folder, key, "values.pickle");
  }

  /** What is kept under a key; `undefined` where it is not whole. Notes that it was used. */
  async find(key: string): Promise<StoredCell | undefined> {
    const file = join(this.folder, key, "cell.json");
    try {
      const stored = JSON.parse(await readFile(file, "utf8")) as StoredCell;
      if (stored.schema !== "reprise.cell/1" || !existsSync(this.valuesOf(key))) return undefined;
      const now = new Date();
      utimesSync(file, now, now);
      return stored;
    } catch {
      return undefined;
    }
  }

  /** Written last: what has no such file is not whole. */
  async keep(key: string, cell: StoredCell): Promise<void> {
    await writeFileAtomically(join(this.folder, key, "cell.json"), JSON.stringify(cell));
  }

  async remove(key: string): Promise<void> {
    await rm(join(this.folder, key), { recursive: true, force: true });
  }

  /** What is kept, by key: how many bytes, and when it was used last (milliseconds since 1970). */
  async entries(): Promise<readonly { readonly key: string; readonly bytes: number; readonly used: number }[]> {
    return Promise.all((await readdir(this.folder)).map((key) => this.#measure(key)));
  }

  /** Removes what was not used the longest, until no more than the limit is left. */
  async trim(limit = CellStore.limit()): Promise<void> {
    const entries = [...(await this.entries())];
    let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { bytes, key } of entries.sort((a, b) => a.used - b.used)) {
      if (total <= limit) return;
      await this.remove(key);
      total -= bytes;
    }
  }

  async #measure(key: string): Promise<{ readonly key: string; readonly bytes: number; readonly used: number }> {
    const folder = join(this.folder, key);
    const files = await readdir(folder).catch(() => []);
    const found = await Promise.all(files.map((file) => stat(join(folder, file)).catch(() => undefined)));
    const bytes = found.reduce((sum, file) => sum + (file?.size ?? 0), 0);
    const used = statSync(join(folder, "cell.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return { key, bytes, used };
  }
}
