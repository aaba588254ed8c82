import { createHash } from "node:crypto";
import { ProblemError } from "../../problem/problem.ts";
import type { Environment } from "../environment.ts";
import { directOf, environmentFromLock, lockEnvironment, olderIn } from "./lock.ts";
import type { LockOptions, LockRequest } from "./lock-request.ts";

/** A lock that was made earlier, such as a project's. */
export interface EarlierLock {
  /** Hash of the request that it answered (`requestHash`). */
  readonly request: string | undefined;
  readonly text: string;
  readonly file: string;
}

/** What a resolver is asked for, hashed. */
export function requestHash({ requirements, constraints, prefer, older, python, asOf }: LockRequest): string {
  const limits = older?.limits.map(({ name, below }) => `${name}<${below}`);
  const asked = [requirements, constraints ?? [], prefer ?? [], python, asOf ?? null, ...(limits ?? [])];
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex");
}

/**
 * The earlier lock where the same is asked for; otherwise a new one that keeps its versions where the rest fits with
 * them. Throws ProblemError RP301 to RP308.
 */
export async function keepLock(
  request: LockRequest,
  earlier: EarlierLock | undefined,
  options: LockOptions = {},
): Promise<Environment> {
  const before = earlier && environmentOfEarlier(request, earlier);
  if (earlier === undefined || before === undefined) return lockEnvironment(request, options);
  if (earlier.request === requestHash(request)) return before;
  const constraints = before.packages.map(({ name, version }) => `${name}==${version}`);
  const reasons = [...(request.reasons ?? []), `Versions of ${earlier.file} are kept.`];
  try {
    return await lockEnvironment(
      { ...request, constraints: [...(request.constraints ?? []), ...constraints], reasons },
      options,
    );
  } catch (error) {
    // What is new does not fit with them.
    if (error instanceof ProblemError && ["RP303", "RP306"].includes(error.problem.id)) {
      return lockEnvironment(request, options);
    }
    throw error;
  }
}

/** Undefined for a lock that somebody broke: it is made anew. */
function environmentOfEarlier(request: LockRequest, { text, file }: EarlierLock): Environment | undefined {
  try {
    const environment = environmentFromLock(text, request.python, file);
    return {
      ...environment,
      direct: directOf(request, environment.packages),
      ...olderIn(request, environment.packages),
      ...(request.asOf === undefined ? {} : { asOf: request.asOf }),
    };
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
