import { dirname } from "node:path";
import { withoutCredentials } from "../../host/secrets.ts";
import { ProblemError } from "../../problem/problem.ts";
import type { Environment, LockedPackage } from "../environment.ts";
import { resolve } from "../uv/resolve.ts";
import { cachedLock, lockKey, storeLock } from "./lock-cache.ts";
import type { LockOptions, LockRequest } from "./lock-request.ts";
import { lockHashOf, packagesFor, parsePylock, withLocalWheelsFrom } from "./pylock.ts";
import { normalizeName, parseRequirement, satisfies } from "./requirement.ts";

/**
 * Resolves requirements to a lock with hashes, for every platform where that is possible. The same request is answered
 * from Reprise's cache (for a day, if it has no date), so that it works again without a network.
 * Throws ProblemError: RP301 no uv, RP303 no versions fit, RP304 an unknown package, RP305 no index, RP306 other.
 */
export async function lockEnvironment(request: LockRequest, options: LockOptions = {}): Promise<Environment> {
  checkRequest(request);
  const key = lockKey(request);
  const cached = options.refresh ? undefined : await cachedLock(key);
  if (cached?.fresh) return cached.environment;
  let environment: Environment;
  try {
    environment = await makeLock(request, options);
  } catch (error) {
    const isOffline = error instanceof ProblemError && error.problem.id === "RP305";
    if (!isOffline || cached === undefined) throw error;
    const reasons = [...cached.environment.reasons, "The package index does not answer: an earlier lock was taken."];
    return { ...cached.environment, reasons };
  }
  await storeLock(key, environment);
  return environment;
}

/**
 * The same environment with more packages, every version of it kept: what a kernel needs beside what the notebook
 * needs (`withPackages(project, ["ipykernel"])`). They are of the same time, if that can be had: today's matplotlib-inline
 * does not work with an old matplotlib, and does not say so. `direct` stays as it is.
 */
export async function withPackages(
  environment: Environment,
  extra: readonly string[],
  options: LockOptions = {},
): Promise<Environment> {
  const present = new Set(environment.packages.map(({ name }) => normalizeName(name)));
  if (extra.every((text) => present.has(parseRequirement(text)?.name ?? text))) return environment;
  const request: LockRequest = {
    requirements: environment.direct,
    constraints: environment.packages.map(({ name, version }) => `${name}==${version}`),
    python: environment.python,
    extra,
    reasons: environment.reasons,
  };
  if (environment.asOf === undefined) return await lockEnvironment(request, options);
  try {
    return await lockEnvironment({ ...request, asOf: environment.asOf }, options);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.id === "RP303") return await lockEnvironment(request, options);
    throw error;
  }
}

/** A lock that exists already, such as a pylock.toml beside the notebook, with the files that lie beside it. Throws ProblemError RP307. */
export function environmentFromLock(text: string, python: string, path = "pylock.toml"): Environment {
  const packages = packagesFor(parsePylock(text, path), python);
  return {
    python,
    lock: withLocalWheelsFrom(text, dirname(path)),
    lockHash: lockHashOf(text),
    direct: packages.map(({ name, version }) => `${name}==${version}`),
    packages,
    reasons: [`Every version stands in ${path}.`],
  };
}

/** What a request asks for itself, in the versions that were found: `pandas==3.1.1`. */
export function directOf(request: LockRequest, packages: readonly LockedPackage[]): readonly string[] {
  const versions = new Map(packages.map(({ name, version }) => [normalizeName(name), version]));
  const direct = request.requirements.flatMap((text) => {
    const requirement = parseRequirement(text);
    const version = requirement && versions.get(requirement.name);
    if (requirement === undefined || version === undefined) return [];
    const extras = requirement.extras.length > 0 ? `[${requirement.extras.join(",")}]` : "";
    return [`${requirement.name}${extras}==${version}`];
  });
  return [...new Set(direct)].sort();
}

/** What of a request's limits holds for the packages that were found, for an environment. */
export function olderIn(
  { older }: LockRequest,
  packages: readonly LockedPackage[],
): Pick<Environment, "olderThanNewest"> {
  const versions = new Map(packages.map(({ name, version }) => [normalizeName(name), version]));
  const sentences = (older?.limits ?? []).flatMap(({ name, below, why }) => {
    const version = versions.get(name);
    if (version === undefined || !satisfies(version, `<${below}`)) return [];
    return [`${name} is locked at ${version}, not at the newest: ${why}.`];
  });
  return sentences.length === 0 ? {} : { olderThanNewest: sentences };
}

async function makeLock(request: LockRequest, options: LockOptions): Promise<Environment> {
  const resolved = await resolve(request, options);
  const lock = withoutCredentials(resolved.lock);
  const packages = packagesFor(parsePylock(lock), request.python);
  return {
    python: request.python,
    lock,
    lockHash: lockHashOf(lock),
    direct: directOf(request, packages),
    packages,
    ...(resolved.asOf === undefined ? {} : { asOf: resolved.asOf }),
    reasons: [...(request.reasons ?? []), ...resolved.reasons],
    ...olderIn(request, packages),
  };
}

function checkRequest(request: LockRequest): void {
  if (!/^3\.\d{1,2}(\.\d+)?$/.test(request.python)) {
    throw new ProblemError({
      id: "RP302",
      message: `"${request.python}" is not a version of Python 3.`,
      mend: "Give it as 3.11 or 3.11.7.",
    });
  }
  if (request.asOf !== undefined && !isDay(request.asOf)) {
    throw new ProblemError({
      id: "RP308",
      message: `"${request.asOf}" is not a day.`,
      mend: "Give it as 2023-06-01.",
    });
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
