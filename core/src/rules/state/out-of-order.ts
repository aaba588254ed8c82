import type { CodeCell } from "../../notebook/model.ts";
import { rule } from "../rule.ts";

export const outOfOrder = rule("NB111", function* ({ notebook }) {
  let latest: CodeCell | undefined;
  for (const cell of notebook.cells) {
    if (cell.kind !== "code" || cell.executionCount === null) continue;
    if (latest !== undefined && cell.executionCount < (latest.executionCount as number)) {
      yield {
        tier: "hint",
        severity: "info",
        cell: cell.index,
        range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
        subject: `In [${cell.executionCount}]`,
        message:
          `The cells did not run from top to bottom: this one ran as In [${cell.executionCount}], cell ${latest.index} above it as ` +
          `In [${latest.executionCount}]. The saved outputs may be those of an order that a fresh run does not follow. ` +
          "Restart the kernel, run all cells, and save.",
        evidence: [{ cell: latest.index, message: `ran later, as In [${latest.executionCount}]` }],
      };
      return;
    }
    latest = cell;
  }
});
