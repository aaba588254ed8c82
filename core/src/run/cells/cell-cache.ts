import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { CachedCellPlan, CacheVerdict } from "../../cell-cache/plan-cache.ts";
import type { KernelClient } from "../../kernel/client.ts";
import { identifyData } from "../record/file-hash.ts";
import type { CellStore, StoredCell } from "./cell-store.ts";
import { runAgentFile } from "./kernel-session.ts";

/** Larger values are not worth a file. */
const mostBytes = 1e9;

/** Goes up when what is saved, or what decides about it, changes. */
const format = 1;

/** What a run needs to take cells from earlier ones. */
export interface CellCacheRequest {
  readonly verdicts: ReadonlyMap<number, CacheVerdict>;
  /** The source of each cell, by its index. */
  readonly sources: ReadonlyMap<number, string>;
  /** Cells without a verdict of their own that can be taken: they run always, and may set up libraries for others. */
  readonly order: readonly number[];
  /** Parameters by name, and by each the cells that read it. */
  readonly parameters: ReadonlyMap<string, { readonly value: unknown; readonly readBy: ReadonlySet<number> }>;
  readonly directory: string;
  /** The kernel writes to its folder, and reads from it. */
  readonly store: CellStore;
}

/** What became of a cell in the cache. */
export type CacheOutcome = { readonly taken: string } | { readonly notTaken: string };

interface Pending {
  readonly cell: number;
  readonly plan: CachedCellPlan;
  readonly key: string;
  readonly stored: StoredCell;
}

/** The cache as one run sees it: which cells it takes, what it still owes the kernel for them, what it saves. */
export class CellCache {
  readonly #request: CellCacheRequest;
  readonly #store: CellStore;
  readonly #keys = new Map<number, string>();
  readonly #hits = new Map<number, StoredCell>();
  /** How each file was when the run began, by the path that the code names. */
  readonly #files = new Map<string, string | undefined>();
  #pending: Pending[] = [];
  readonly outcomes = new Map<number, CacheOutcome>();

  private constructor(request: CellCacheRequest) {
    this.#request = request;
    this.#store = request.store;
  }

  /**
   * Looks up what there is. `surroundings` is everything besides code, parameters and files that decides about values:
   * environment, machine, seed. Must be called before anything runs: files are looked at as they are then.
   */
  static async open(request: CellCacheRequest, surroundings: unknown): Promise<CellCache> {
    const cache = new CellCache(request);
    const hashes = new Map<string, Promise<string | undefined>>();
    const hashOf = (path: string): Promise<string | undefined> => {
      const known = hashes.get(path);
      if (known !== undefined) return known;
      const full = resolve(request.directory, path);
      cache.#files.set(path, stateOf(full));
      const hash = identifyData(full, "read").then((identity) => identity.hash);
      hashes.set(path, hash);
      return hash;
    };
    for (const [cell, { plan, ...verdict }] of request.verdicts) {
      if (plan === undefined) {
        if ("why" in verdict && verdict.why !== undefined) cache.outcomes.set(cell, { notTaken: verdict.why });
        continue;
      }
      const files = await Promise.all(plan.files.map(async (path) => [path, await hashOf(path)] as const));
      const absent = files.find(([, hash]) => hash === undefined);
      if (absent !== undefined) {
        cache.outcomes.set(cell, { notTaken: `reads ${absent[0]}, which is not there` });
        continue;
      }
      const key = cache.#keyOf(plan, files, surroundings);
      cache.#keys.set(cell, key);
      const stored = await cache.#store.find(key);
      if (stored !== undefined) cache.#hits.set(cell, stored);
      else
        cache.outcomes.set(cell, { notTaken: "not run before with the same code, data, parameters and environment" });
    }
    return cache;
  }

  #keyOf(plan: CachedCellPlan, files: unknown, surroundings: unknown): string {
    const { directory, order, parameters, sources, verdicts } = this.#request;
    const before = order.slice(0, order.indexOf(plan.cell));
    // What cannot be cached runs every time; it may have set up a library in a way that nobody sees.
    const decisive = before.filter((cell) => plan.needed.includes(cell) || verdicts.get(cell)?.plan === undefined);
    const code = [...decisive, plan.cell].map((cell) => sources.get(cell));
    const given = [...parameters].flatMap(([name, { readBy, value }]) =>
      plan.names.includes(name) || [...decisive, plan.cell].some((cell) => readBy.has(cell)) ? [[name, value]] : [],
    );
    const parts = [format, surroundings, resolve(directory), code, given, files, plan.names, plan.light];
    return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  }

  /** What a cell gave earlier, if it can be taken; the kernel is owed its values from then on. */
  take(cell: number): StoredCell | undefined {
    const stored = this.#hits.get(cell);
    const { plan } = this.#request.verdicts.get(cell) ?? {};
    const key = this.#keys.get(cell);
    if (stored === undefined || plan === undefined || key === undefined) return undefined;
    const changed = this.#changedFile(plan);
    if (changed !== undefined) {
      this.refuse(cell, changed);
      return undefined;
    }
    this.#pending.push({ cell, plan, key, stored });
    this.outcomes.set(cell, { taken: stored.run });
    return stored;
  }

  /**
   * Gives the kernel what it is owed, before a cell runs. Answers with the cells that must run after all, because their
   * values could not be given back.
   */
  async settle(client: KernelClient): Promise<readonly number[]> {
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length === 0) return [];
    const cells = pending.map(({ key, plan, stored }, at) => {
      const later = new Set(pending.slice(at + 1).flatMap((other) => other.plan.names));
      // What is bound anew before anybody looks need not be read.
      const isHidden = plan.names.every((name) => later.has(name));
      return { light: plan.light, file: isHidden ? null : this.#store.valuesOf(key), gone: stored.gone };
    });
    const answer = await ask(client, { do: "restore", cells });
    if (answer.restored === true) return [];
    for (const { cell, key } of pending) {
      this.#hits.delete(cell);
      this.outcomes.set(cell, { notTaken: `its values could not be read: ${answer.why}` });
      await this.#store.remove(key);
    }
    return pending.map(({ cell }) => cell);
  }

  /** Whether a cell that has run may be saved. */
  wants(cell: number): boolean {
    return this.#keys.has(cell);
  }

  /** Says why a cell that was run is not saved. */
  refuse(cell: number, why: string): void {
    this.outcomes.set(cell, { notTaken: why });
  }

  /** Saves what a cell gave, as the kernel has it now. */
  async save(client: KernelClient, cell: number, given: Omit<StoredCell, "schema" | "gone">): Promise<void> {
    const key = this.#keys.get(cell);
    const { plan } = this.#request.verdicts.get(cell) ?? {};
    if (key === undefined || plan === undefined) return;
    const changed = this.#changedFile(plan);
    if (changed !== undefined) {
      this.refuse(cell, changed);
      return;
    }
    try {
      const file = this.#store.valuesOf(key);
      const answer = await ask(client, { do: "save", names: plan.names, file, most: mostBytes });
      if (answer.saved === true) {
        await this.#store.keep(key, { schema: "reprise.cell/1", ...given, gone: answer.gone ?? [] });
        return;
      }
      this.refuse(cell, `its values cannot be saved: ${answer.why}`);
    } catch (error) {
      // A full disk makes a cache useless, and a run no worse.
      this.refuse(cell, `its values cannot be saved: ${error instanceof Error ? error.message : error}`);
    }
    await this.#store.remove(key);
  }

  /** A link, or another program, may write what the notebook names otherwise. */
  #changedFile({ files }: CachedCellPlan): string | undefined {
    const changed = files.find((path) => stateOf(resolve(this.#request.directory, path)) !== this.#files.get(path));
    return changed && `reads ${changed}, which changed since the run began`;
  }

  async close(): Promise<void> {
    await this.#store.trim().catch(() => {});
  }
}

/** Another one after every change, also one that keeps the length. */
function stateOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(" ");
}

interface Answer {
  readonly saved?: boolean;
  readonly restored?: boolean;
  readonly why?: string;
  readonly gone?: readonly string[];
}

async function ask(client: KernelClient, request: Readonly<Record<string, unknown>>): Promise<Answer> {
  return JSON.parse(await runAgentFile(client, "cell_values.py", { request })) as Answer;
}
