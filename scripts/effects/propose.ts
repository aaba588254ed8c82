import { isDeepStrictEqual } from "node:util";
import type { Effect } from "../../core/src/effects/effect.ts";
import type { EffectRow, ObservedRow } from "../../core/src/effects/table.ts";
import { derive } from "./derive.ts";
import { type InstalledLibrary, installed, samplesOf } from "./library.ts";
import type { Observation } from "./observation.ts";
import { type ObserveOptions, observe } from "./observe.ts";
import { owners, readTable, withoutNames, writeTable } from "./table-file.ts";

/** What was found of a function by calling it, as a row, and the versions that showed it. */
interface Found {
  readonly versions: string[];
  readonly row: EffectRow;
}

/**
 * Calls a library's functions in each of its environments and writes into its table what was seen of functions that
 * the table lacks or tells wrong. Gives a sentence about what was written.
 */
export async function propose(
  library: string,
  options: ObserveOptions & { readonly environments?: readonly string[] } = {},
): Promise<string> {
  const samples = samplesOf(library);
  const found = new Map<string, Found[]>();
  const versions: string[] = [];
  const libraries: { readonly one: InstalledLibrary; readonly seen: readonly Observation[] }[] = [];
  for (const environment of samples.environments) {
    if (options.environments !== undefined && !options.environments.includes(environment)) continue;
    const one = await installed(samples, environment);
    libraries.push({ one, seen: await observe(one, options) });
  }
  const parameters = new Map(
    libraries
      .flatMap(({ seen }) => seen)
      .flatMap((one) => (one.parameters === null ? [] : [[one.name, one.parameters] as const])),
  );
  for (const { one, seen } of libraries) {
    versions.push(one.version);
    for (const observation of seen) {
      // Where one version does not tell its parameters, another one's are the same.
      const known = observation.parameters ?? parameters.get(observation.name) ?? null;
      const effect = derive(one.catalog, { ...observation, parameters: known });
      if (effect === undefined) continue;
      const name = one.catalog.canonical(observation.name);
      note(found, name, rowOf(name, effect), one.version);
    }
  }
  const table = readTable(library);
  keepRight(found, table.observed ?? [], versions);
  const told = new Set(found.keys());
  const rows = [...withoutNames(table.observed ?? [], told), ...rowsOf(found, versions)];
  const effects = withoutNames(
    table.effects,
    new Set(
      [...found]
        .filter(([, ways]) => ways.length === 1 && versions.length === ways[0]?.versions.length)
        .map(([name]) => name),
    ),
  );
  if (told.size > 0) writeTable({ ...table, effects, observed: grouped(rows) });
  return `${library}: ${told.size} entries written into its table from what was seen in ${versions.join(" and ")}; review them.`;
}

function note(found: Map<string, Found[]>, name: string, row: EffectRow, version: string): void {
  const known = found.get(name) ?? [];
  const equal = known.find((other) => isDeepStrictEqual(other.row, row));
  if (equal === undefined) known.push({ versions: [version], row });
  else equal.versions.push(version);
  found.set(name, known);
}

/** What earlier rows say of functions that are told anew, for those of the versions in which it is still right. */
function keepRight(found: Map<string, Found[]>, rows: readonly ObservedRow[], versions: readonly string[]): void {
  const wrong = new Map([...found].map(([name, ways]) => [name, ways.flatMap((way) => way.versions)]));
  for (const { names, versions: _, observed, ...rest } of rows) {
    for (const [own, name] of names.split(" ").map((each) => [each, fullName(rest, each)] as const)) {
      const told = wrong.get(name);
      if (told === undefined) continue;
      const right = versions.filter((version) => !told.includes(version) && observed.split(" ").includes(version));
      for (const version of right) note(found, name, { ...rest, names: own }, version);
    }
  }
}

/** Rows that were observed are about one module or type each. */
function fullName(row: Pick<EffectRow, "of">, name: string): string {
  const [owner] = owners(row);
  return owner === undefined ? name : `${owner}.${name}`;
}

function rowsOf(found: ReadonlyMap<string, readonly Found[]>, all: readonly string[]): ObservedRow[] {
  const newest = all[0] as string;
  const boundary = firstOf(newest, all.slice(1));
  return [...found.values()].flatMap((ways) =>
    ways.map(({ versions, row }): ObservedRow => {
      // Where versions differ, each is told for its own side of the newest one's release.
      const isParted = all.length > 1 && versions.length < all.length;
      const side = versions.includes(newest) ? `>=${boundary}` : `<${boundary}`;
      const observed = all.filter((version) => versions.includes(version)).join(" ");
      return { ...row, ...(isParted && { versions: side }), observed };
    }),
  );
}

function rowOf(name: string, effect: Effect): EffectRow {
  const dot = name.lastIndexOf(".");
  const { changes, returns, variants, signature, parameters, role, ...others } = effect;
  return {
    ...(dot === -1 ? {} : { of: name.slice(0, dot) }),
    names: name.slice(dot + 1),
    ...(changes.length > 0 && { changes }),
    returns: shorten(returns),
    ...(variants && { variants: variants.map((one) => ({ ...one, returns: shorten(one.returns) })) }),
    ...(needsSignature(effect) && signature && { signature: signature.slice(0, 8).join(" ") }),
    ...others,
    ...(role && { role }),
    ...(parameters && { parameters: parameters.join(" ") }),
  };
}

/** The short form of what a call returns, where there is one. */
function shorten(returns: Effect["returns"]): EffectRow["returns"] & {} {
  if (returns.kind === "unknown" || returns.kind === "none") return returns.kind;
  if (returns.kind === "argument" && returns.of === "self") return "self";
  if (returns.kind === "view" && returns.of === "self" && returns.type !== undefined && returns.type !== "=self")
    return `view ${returns.type}`;
  if (returns.kind === "new" && Object.keys(returns).length === 2 && returns.type !== undefined)
    return returns.type === "=self" ? "same" : returns.type;
  return returns;
}

function needsSignature({ changes, files, code, returns, variants, keeps, random, defaults }: Effect): boolean {
  const text = JSON.stringify([changes, files, code, returns, variants, keeps, random]);
  return (
    /"(argument|of|in|what)":\d|"=\d|"holds\w*":\[[^\]]*\d|"when"|"given"|"seedArgument"/.test(text) ||
    defaults !== undefined
  );
}

/** The shortest beginning of a version that tells it from the others: `3` of 3.1.1 and 2.2.3, `3.11` of 3.11.2 and 3.9.4. */
function firstOf(version: string, others: readonly string[]): string {
  const parts = version.split(".");
  const isTold = (length: number) =>
    others.every((other) => other.split(".").slice(0, length).join(".") !== parts.slice(0, length).join("."));
  const length = parts.findIndex((_, at) => isTold(at + 1)) + 1;
  return parts.slice(0, length || parts.length).join(".");
}

/** Rows that differ in their names only become one; sorted by what they stand in. */
function grouped(rows: readonly ObservedRow[]): ObservedRow[] {
  const groups = new Map<string, { row: ObservedRow; names: string[] }>();
  for (const row of rows) {
    const { names, ...rest } = row;
    const key = JSON.stringify(rest);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { row, names: names.split(" ") });
    else known.names.push(...names.split(" "));
  }
  return [...groups.values()]
    .map(({ row: { of, names: _, ...rest }, names }) => ({
      ...(of === undefined ? {} : { of }),
      names: [...new Set(names)].sort().join(" "),
      ...rest,
    }))
    .sort((one, other) => compare(`${owners(one)[0]} ${one.names}`, `${owners(other)[0]} ${other.names}`));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
