import { firstLine, rule } from "../rule.ts";
import { contradictionOf } from "./session-contradiction.ts";

export const mixedSessions = rule("NB114", function* ({ notebook }) {
  const found = contradictionOf(notebook);
  if (found === undefined) return;
  const { first, second, why, isSure } = found;
  yield {
    tier: isSure ? "strong" : "hint",
    severity: isSure ? "warning" : "info",
    cell: second.index,
    range: firstLine(second),
    subject: `In [${second.executionCount}]`,
    message:
      `The saved outputs come from more than one kernel session: ${why}. Some of them may have been made with values that ` +
      "the others never saw, and the counts of the two sessions cannot be compared. Restart the kernel, run all cells, and save.",
    predicts: "a single run does not give all of these outputs",
    evidence: [{ cell: first.index, message: `ran as In [${first.executionCount}]` }],
  };
});
