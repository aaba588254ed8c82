import { CellStore } from "@reprise/core/node";
import type { Answer } from "../execute.ts";

export interface CacheOptions {
  readonly json?: boolean;
  /** Days. */
  readonly olderThan?: number;
}

const stores = (): readonly CellStore[] => [new CellStore(), CellStore.ofContainers()];

/** What the cache of cells holds. */
export async function showCache(): Promise<Answer> {
  const limit = CellStore.limit();
  const found = await Promise.all(
    stores().map(async (store) => {
      const all = await store.entries();
      return { folder: store.folder, cells: all.length, bytes: bytesOf(all) };
    }),
  );
  return {
    exit: 0,
    json: { outcome: "ok", ...{ stores: found, limit } },
    text: () =>
      found
        .map(
          ({ bytes, cells, folder }) =>
            `${cells} cells, ${megabytes(bytes)} of at most ${megabytes(limit)}, in ${folder}`,
        )
        .join("\n"),
  };
}

/** Removes cells from the cache. */
export async function clearCache({ olderThan = 0 }: CacheOptions): Promise<Answer> {
  const before = Date.now() - olderThan * 86_400_000;
  const removed: { readonly bytes: number }[] = [];
  for (const store of stores()) {
    for (const entry of await store.entries()) {
      if (olderThan > 0 && entry.used >= before) continue;
      await store.remove(entry.key);
      removed.push(entry);
    }
  }
  const bytes = bytesOf(removed);
  return {
    exit: 0,
    json: { outcome: "cleared", ...{ cells: removed.length, bytes } },
    text: () => `Removed ${removed.length} cells, ${megabytes(bytes)}.`,
  };
}

const bytesOf = (entries: readonly { readonly bytes: number }[]): number =>
  entries.reduce((sum, { bytes }) => sum + bytes, 0);

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
