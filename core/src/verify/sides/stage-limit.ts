import type { VerifyRequest } from "../verify-request.ts";

/** A stage that takes so many times what the whole notebook took does not end any more. */
const factor = 10;
/** No stage is ended before: starting and describing values takes its time too. */
const leastSeconds = 300;

/** How long a stage may take, in seconds: what was asked, else by what the whole notebook took. */
export function stageLimit({ stageTimeoutSeconds }: VerifyRequest, notebookSeconds: number): number {
  return stageTimeoutSeconds ?? Math.max(leastSeconds, factor * notebookSeconds);
}
