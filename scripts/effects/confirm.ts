import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Contradiction, judge } from "./judge.ts";
import { type InstalledLibrary, installed, samplesOf } from "./library.ts";
import type { Observation } from "./observation.ts";
import { type ObserveOptions, observe } from "./observe.ts";

/** What the tables say of one version of a library, held against that library. */
export interface Confirmation {
  readonly library: string;
  readonly version: string;
  /** Functions that the tables know and the library has. */
  readonly covered: number;
  readonly confirmed: readonly string[];
  /** Of the confirmed: what the tables assume beyond what was seen, which is the safe side. */
  readonly wider: Readonly<Record<string, readonly string[]>>;
  readonly contradicted: Readonly<Record<string, readonly Contradiction[]>>;
  /** Reasons by function. */
  readonly notExercised: Readonly<Record<string, string>>;
  /** Functions that the library has and the tables do not know: taken to change whatever they are given. */
  readonly unlisted: readonly string[];
  readonly calls: number;
}

/** Confirms a library's table in each of its environments, or in those that are named. */
export async function confirm(
  library: string,
  options: ObserveOptions & { readonly environments?: readonly string[] } = {},
): Promise<readonly Confirmation[]> {
  const samples = samplesOf(library);
  const confirmations: Confirmation[] = [];
  for (const environment of samples.environments) {
    if (options.environments !== undefined && !options.environments.includes(environment)) continue;
    const one = await installed(samples, environment);
    confirmations.push(judgeAll(one, await observe(one, options)));
  }
  return confirmations;
}

/** Judges every observation of a library. */
export function judgeAll(
  { samples, version, catalog }: Pick<InstalledLibrary, "samples" | "version" | "catalog">,
  seen: readonly Observation[],
): Confirmation {
  const confirmed: string[] = [];
  const wider: Record<string, readonly string[]> = {};
  const contradicted: Record<string, readonly Contradiction[]> = {};
  const notExercised: Record<string, string> = {};
  const unlisted: string[] = [];
  for (const one of seen) {
    if (one.reason === "not in this version") continue;
    const judgement = judge(catalog, one);
    switch (judgement.outcome) {
      case "unlisted":
        unlisted.push(one.name);
        break;
      case "not exercised":
        notExercised[one.name] = judgement.reason;
        break;
      case "confirmed":
        confirmed.push(one.name);
        if (judgement.wider.length > 0) wider[one.name] = judgement.wider;
        break;
      case "contradicted":
        contradicted[one.name] = judgement.contradictions;
    }
  }
  const covered = confirmed.length + Object.keys(contradicted).length + Object.keys(notExercised).length;
  const calls = seen.reduce((sum, { probes }) => sum + probes.length, 0);
  return { library: samples.library, version, covered, confirmed, wider, contradicted, notExercised, unlisted, calls };
}

const ledgers = join(import.meta.dirname, "ledgers");

/** Keeps what was confirmed, one file a library: which functions, with which versions, and why others were not. */
export function writeLedger(library: string, confirmations: readonly Confirmation[]): void {
  const versions = confirmations.map((one) => ({
    version: one.version,
    calls: one.calls,
    confirmed: byOwner(one.confirmed),
    wider: group(Object.entries(one.wider).flatMap(([name, texts]) => texts.map((text) => [text, name] as const))),
    notExercised: group(Object.entries(one.notExercised).map(([name, reason]) => [sort(reason), name] as const)),
    unlisted: byOwner(one.unlisted),
  }));
  writeFileSync(join(ledgers, `${library}.json`), `${JSON.stringify({ library, versions }, undefined, 1)}\n`);
}

/** Names in groups, each in one line. */
function group(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const groups = new Map<string, string[]>();
  for (const [key, name] of pairs) groups.set(key, [...(groups.get(key) ?? []), name]);
  return Object.fromEntries([...groups].sort().map(([key, names]) => [key, names.sort().join(" ")]));
}

function byOwner(names: readonly string[]): Record<string, string> {
  return group(
    names.map((name) => [name.slice(0, Math.max(0, name.lastIndexOf("."))), name.slice(name.lastIndexOf(".") + 1)]),
  );
}

/** A reason without what is particular to one call. */
function sort(reason: string): string {
  if (reason.startsWith("(")) return `no sample call succeeds (${/\): (\w+)/.exec(reason)?.[1] ?? "error"})`;
  return reason;
}
