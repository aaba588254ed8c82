import type { BatchRow } from "./batch-row.ts";

/** Failures that have nothing to do with what the code computes, by the name that the record gives them. */
const passing = ["NotStarted", "Timeout", "EngineLost"];

/** Why a run may be tried again. `undefined` where it would only fail once more, or where it did not fail. */
export function reasonToRetry({ failure, status }: BatchRow): string | undefined {
  if (status === "died") return failure ?? "its kernel died";
  if (status !== "failed" || failure === undefined) return undefined;
  return passing.some((name) => failure.startsWith(`${name}:`)) ? failure : undefined;
}
