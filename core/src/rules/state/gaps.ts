import type { CodeCell } from "../../notebook/model.ts";
import { firstLine, rule } from "../rule.ts";

export const gaps = rule("NB112", function* ({ notebook }) {
  const ran = notebook.cells
    .filter((cell): cell is CodeCell => cell.kind === "code" && cell.executionCount !== null)
    .toSorted((one, other) => (one.executionCount as number) - (other.executionCount as number));
  const counts = new Set(ran.map(({ executionCount }) => executionCount as number));
  const last = ran.at(-1);
  const missing = (last?.executionCount ?? 0) - counts.size;
  if (last === undefined || missing <= 0) return;
  yield {
    tier: "hint",
    severity: "info",
    cell: last.index,
    range: firstLine(last),
    subject: `In [${last.executionCount}]`,
    message:
      `The last run has the count ${last.executionCount}, and ${missing} of the counts below it ${missing === 1 ? "is" : "are"} missing: ` +
      "cells were deleted, or ran more than once. What those runs did may still be in the saved results. " +
      "Restart the kernel, run all cells, and save.",
  };
});
