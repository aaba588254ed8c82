import { earlyFits, splitEvidence } from "./fit-before-split.ts";
import { analysedCell, codeCell } from "./record.ts";
import { rule, sourceRange } from "./rule.ts";

/** What makes new rows out of others, or repeats them. */
const resamplers: ReadonlyMap<string, RegExp> = new Map([
  ["imblearn.over_sampling", /./],
  ["imblearn.combine", /./],
]);

export const overlap = rule("NB502", function* ({ notebook, document }) {
  for (const { statement, call, name, method, split } of earlyFits(document, resamplers)) {
    if (method !== "fit_resample") continue;
    const cell = analysedCell(document, statement.cell);
    yield {
      tier: codeCell(notebook, statement.cell)?.executionCount == null ? "hint" : "strong",
      severity: "warning",
      cell: statement.cell,
      range: cell === undefined ? statement.range : sourceRange(cell, call.node),
      subject: name,
      message:
        `\`${name}.${method}\` repeats rows, or makes new ones between them, and cell ${split.cell} splits the result: ` +
        "copies of one row come to both sides, the model is tested on rows that it has seen, and its score is far too good. " +
        "Split first and resample the training rows alone, or put it into imblearn's Pipeline.",
      predicts: "a lower score once the split comes first",
      evidence: [splitEvidence(split)],
    };
  }
});
