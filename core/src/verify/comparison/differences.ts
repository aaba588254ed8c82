import type { OutputVerdict, ValueVerdict } from "../verdict.ts";

/**
 * A value that crosses must be there and equal; another variable must be equal where both have it; text, figures and
 * written files must be there and equal, and so must displays. A display more in the project is told, but is no difference.
 */
export function isDifference(verdict: ValueVerdict | OutputVerdict): boolean {
  if (verdict.verdict === "different") return true;
  if (verdict.verdict !== "missing" && verdict.verdict !== "new") return false;
  if ("crosses" in verdict) return verdict.crosses;
  return verdict.kind !== "display" || verdict.verdict === "missing";
}
