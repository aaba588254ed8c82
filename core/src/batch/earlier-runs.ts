import { createHash } from "node:crypto";
import { identifyData } from "../run/record/file-hash.ts";
import type { RunRecord } from "../run/record/record.ts";
import type { RunStore } from "../tracking/run-store.ts";
import { keyOfSet } from "./parameter-set.ts";

/** The tag by which a batch finds runs that it need not make again. */
export const keyTag = "reprise.batch-key";

export interface RunKey {
  /** `sha256:...` of the notebook or the project. */
  readonly codeHash: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly seed?: number;
  /** Of the lock, or the interpreter's path where nothing is locked. */
  readonly environment: string;
  readonly engine: string;
}

/** Equal for runs that would be the same: code, parameters, seed, environment, engine. */
export function runKey({ codeHash, engine, environment, parameters, seed }: RunKey): string {
  const text = JSON.stringify([codeHash, keyOfSet(parameters), seed ?? null, environment, engine]);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/**
 * The newest run that succeeded for each key, as long as the files that it read are what they were. Their hashes are
 * compared, so that a run on old data is made again.
 */
export async function earlierRuns(
  store: RunStore,
  code: string,
  keys: ReadonlySet<string>,
): Promise<ReadonlyMap<string, RunRecord>> {
  const found = new Map<string, RunRecord>();
  const data = new Map<string, Promise<string | undefined>>();
  const hashNow = (path: string) => {
    const known = data.get(path) ?? identifyData(path, "read").then(({ hash }) => hash);
    data.set(path, known);
    return known;
  };
  for (const { id, tags } of await store.list({ code, status: "succeeded", limit: -1 })) {
    const key = tags[keyTag];
    if (key === undefined || found.has(key) || !keys.has(key)) continue;
    const record = await store.show(id);
    const read = record.data.filter(({ use }) => use === "read");
    const same = await Promise.all(
      read.map(async ({ path, hash }) => hash !== undefined && hash === (await hashNow(path))),
    );
    if (same.every(Boolean)) found.set(key, record);
  }
  return found;
}
