import { ProblemError, rules } from "@reprise/core";

/** Throws ProblemError RP141 for a rule that there is not: nothing would be found, in silence. */
export function checkRules(named: readonly string[]): void {
  const known = [...rules.map(({ id }) => id), unusedSuppression];
  const unknown = named.find((start) => !known.some((id) => id.startsWith(start)));
  if (unknown === undefined) return;
  throw new ProblemError({
    id: "RP141",
    message: `There is no rule ${unknown}`,
    mend: `Name a rule or the beginning of some: ${known.join(", ")}.`,
  });
}

/** Told beside the rules, of the suppressions themselves. */
const unusedSuppression = "NB901";
