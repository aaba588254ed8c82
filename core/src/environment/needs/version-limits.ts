import type { Dataflow } from "../../dataflow/model.ts";
import { removalsUsed } from "../../rules/environment/removals-used.ts";
import { normalizeName } from "../lock/requirement.ts";
import { compareVersions } from "../lock/version.ts";
import { nextRelease, releaseDay } from "../python/release-days.ts";
import { libraryReleases } from "./library-releases.ts";
import { distributionOf } from "./needs.ts";

/** A version from which on a notebook's code no longer works. */
export interface VersionLimit {
  /** The distribution, normalised: `scikit-learn`. */
  readonly name: string;
  /** `1.2`: only older ones will do. */
  readonly below: string;
  /** `cell 3 uses sklearn.datasets.load_boston, gone since 1.2`. */
  readonly why: string;
}

/** Older versions to lock, because newer ones took away what the notebook uses. */
export interface OlderVersions {
  readonly limits: readonly VersionLimit[];
  /** The last day (UTC) on which everything was old enough, and built for the Python that is meant: `2022-12-07`. */
  readonly asOf: string;
}

/** By what a notebook uses of its libraries, one limit for each library: the lowest. */
export function versionLimits(document: Pick<Dataflow, "cells">): readonly VersionLimit[] {
  const limits = [...removalsUsed(document)].map(({ removal: { library, subject, since }, cell }) =>
    versionLimit(library, since, `cell ${cell.translation.cell} uses ${subject}, gone since ${since}`),
  );
  return lowest(limits);
}

/** A limit for the library of an import name (`sklearn`). */
export function versionLimit(library: string, below: string, why: string): VersionLimit {
  return { name: normalizeName(distributionOf({ module: library, names: [] })), below, why };
}

/** One limit for each library: the lowest of several. */
export function lowest(limits: readonly VersionLimit[]): readonly VersionLimit[] {
  const byName = new Map<string, VersionLimit>();
  for (const limit of limits) {
    const known = byName.get(limit.name);
    if (known === undefined || compareVersions(limit.below, known.below) < 0) byName.set(limit.name, limit);
  }
  return [...byName.values()];
}

/** How long after a Python's release its wheels of the scientific packages were there, all of them. */
const daysUntilBuilt = 120;

/**
 * The versions of the time before something was taken away: packages that were new together work together, though few
 * of them say which newer ones they do not know. Undefined where nothing limits them.
 */
export function olderVersions(limits: readonly VersionLimit[], python: string): OlderVersions | undefined {
  const last = lastDay(limits);
  if (last === undefined) return undefined;
  const built = builtFrom(python);
  return { limits, asOf: built !== undefined && last < built ? built : last };
}

/** The last day before the first of the releases that limit something; undefined where nothing does. */
export function lastDay(limits: readonly VersionLimit[]): string | undefined {
  return limits.map(({ name, below }) => dayAfter(releaseOf(name, below), -1)).sort()[0];
}

/**
 * A day (UTC) on which the Python that a notebook was saved with (`3.6`) was the newest, or the first one on which
 * packages were built for the Python that is used; undefined where the saved one is not known.
 */
export function dayOfItsTime(saved: string | undefined, python: string): string | undefined {
  const next = saved && nextRelease(saved);
  if (next === undefined) return undefined;
  const built = builtFrom(python);
  return built !== undefined && next < built ? built : next;
}

function builtFrom(python: string): string | undefined {
  const released = releaseDay(python);
  return released && dayAfter(released, daysUntilBuilt);
}

function releaseOf(name: string, version: string): string {
  const day = libraryReleases[name]?.[version];
  if (day === undefined) throw new Error(`nothing says when ${name} ${version} came out`);
  return day;
}

function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}
