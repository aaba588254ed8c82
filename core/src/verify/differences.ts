import type { OutputVerdict, ValueVerdict } from "./verdict.ts";

/**
 * A value that crosses must be there and equal; another variable must be equal where both have it; text and figures must
 * be there and equal. A display that the project does not show (the value of an expression that a stage has no use for) is
 * told, but is no difference.
 */
export function isDifference(verdict: ValueVerdict | OutputVerdict): boolean {
  if (verdict.verdict === "different") return true;
  if (verdict.verdict !== "missing" && verdict.verdict !== "new") return false;
  return "crosses" in verdict ? verdict.crosses : verdict.kind === "stream" || verdict.kind === "figure";
}
