import { CellStore } from "@reprise/core/node";
import type { Answer } from "../execute.ts";

export interface CacheOptions {
  readonly json?: boolean;
  /** Days. */
  readonly olderThan?: number;
}

/** What the cache of cells holds. */
export async function showCache(): Promise<Answer> {
  const store = new CellStore();
  const entries = await store.entries();
  const [bytes, limit] = [bytesOf(entries), CellStore.limit()];
  return {
    exit: 0,
    json: { outcome: "ok", ...{ folder: store.folder, cells: entries.length, bytes, limit } },
    text: () => `${entries.length} cells, ${megabytes(bytes)} of at most ${megabytes(limit)}, in ${store.folder}`,
  };
}

/** Removes cells from the cache. */
export async function clearCache({ olderThan = 0 }: CacheOptions): Promise<Answer> {
  const store = new CellStore();
  const before = Date.now() - olderThan * 86_400_000;
  const removed = (await store.entries()).filter(({ used }) => olderThan === 0 || used < before);
  for (const { key } of removed) await store.remove(key);
  const bytes = bytesOf(removed);
  return {
    exit: 0,
    json: { outcome: "cleared", ...{ folder: store.folder, cells: removed.length, bytes } },
    text: () => `Removed ${removed.length} cells, ${megabytes(bytes)}.`,
  };
}

const bytesOf = (entries: readonly { readonly bytes: number }[]): number =>
  entries.reduce((sum, { bytes }) => sum + bytes, 0);

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
