import type { LockRequest } from "../lock/lock-request.ts";
import { libraryReleases } from "../needs/library-releases.ts";
import type { OlderVersions } from "../needs/version-limits.ts";

/** What a lock would rather have, and can do without. */
export interface Preference {
  readonly constraints: readonly string[];
  /** Nothing newer than that day (UTC). */
  readonly asOf?: string;
  /** Packages that are taken only where they are built: an old version that is not is of no use here. */
  readonly built: readonly string[];
  /** Whether the versions that the notebook printed are in it. */
  readonly isAsPrinted: boolean;
  /** Whether the versions are in it that still have what the notebook uses. */
  readonly isOldEnough: boolean;
}

/** What is asked for in turn, the best first; the last asks for nothing. */
export function preferencesOf(request: LockRequest): readonly Preference[] {
  const printed = request.prefer ?? [];
  const older = request.older === undefined ? [] : olderWays(request.older, request.asOf);
  const withPrinted = printed.length === 0 ? [[]] : [printed, []];
  return [...older, { ...nothing, isOldEnough: request.older === undefined }].flatMap((way) =>
    withPrinted.map((constraints) => ({
      ...way,
      constraints: [...way.constraints, ...constraints],
      isAsPrinted: constraints === printed,
    })),
  );
}

const nothing: Preference = { constraints: [], built: [], isAsPrinted: false, isOldEnough: false };

/** The packages of that time; where that cannot be had (some indexes tell no days), only the libraries themselves. */
function olderWays({ limits, asOf }: OlderVersions, askedDay: string | undefined): readonly Preference[] {
  const constraints = limits.map(({ name, below }) => `${name}<${below}`);
  const way = { ...nothing, constraints, built: limits.map(({ name }) => name), isOldEnough: true };
  if (askedDay !== undefined) return [way];
  return [
    { ...way, asOf },
    { ...way, constraints: [...constraints, ...compiledFor(limits, asOf)] },
  ];
}

/** Libraries that were built for numpy 1 do not say that they cannot be used with numpy 2. */
function compiledFor(limits: OlderVersions["limits"], asOf: string): readonly string[] {
  const second = libraryReleases.numpy?.["2.0"] ?? "";
  return asOf < second && !limits.some(({ name }) => name === "numpy") ? ["numpy<2.0"] : [];
}

/** What became of what a request would rather have, a sentence each. */
export function preferenceReasons({ prefer = [], older, asOf: askedDay }: LockRequest, taken: Preference): string[] {
  const reasons: string[] = [];
  const printed = prefer.join(", ");
  if (printed !== "" && taken.isAsPrinted)
    reasons.push(`${printed}: the notebook printed that version when it was run.`);
  else if (printed !== "") reasons.push(`${printed}: printed by the notebook, but nothing fits with it here.`);
  for (const { name, below, why } of older?.limits ?? []) {
    const wanted = `${name} below ${below}: ${why}.`;
    reasons.push(taken.isOldEnough ? wanted : `${wanted} But nothing as old fits here.`);
  }
  const day = taken.asOf ?? askedDay;
  reasons.push(
    day === undefined
      ? "Versions that nothing else decided are today's newest that fit together."
      : `Versions that nothing else decided are the newest of ${day} that fit together.`,
  );
  return reasons;
}
