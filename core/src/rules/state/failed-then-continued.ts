import { cellOf } from "../../dataflow/statement-id.ts";
import { stoppedAt } from "../../orders/stopped-at.ts";
import { indexOf } from "../document-index.ts";
import { codeCell, errorOf, isMeantToFail, isMissingName } from "../record.ts";
import { rule } from "../rule.ts";

export const failedThenContinued = rule("NB110", function* ({ notebook, document }) {
  const countOf = (cell: number) => codeCell(notebook, cell)?.executionCount ?? null;
  for (const { cell, statements } of document.cells) {
    const error = errorOf(cell);
    const { executionCount: count } = cell;
    if (error === undefined || count === null || isMeantToFail(cell)) continue;
    const at = stoppedAt(cell, statements);
    const failed = at === undefined ? undefined : statements[at];
    if (failed === undefined) continue;
    const missed = statements
      .slice(at)
      .flatMap(({ id }) => indexOf(document).edgesFrom(id))
      .filter(({ to, kind, certainty }) => {
        const user = cellOf(to);
        return (
          (kind === "free-variable" || (kind === "value" && certainty === "must")) &&
          user > cell.index &&
          (countOf(user) ?? 0) > count
        );
      });
    const [first] = missed;
    if (first === undefined) continue;
    const user = cellOf(first.to);
    const isMissed = isMissingName(codeCell(notebook, user), first.name);
    yield {
      tier: "strong",
      severity: "warning",
      cell: cell.index,
      range: failed.range,
      subject: first.name,
      message:
        `This cell stopped here with ${error.name}, so that \`${first.name}\` was not made in that run, and cell ${user}, which ran after it, ` +
        (isMissed
          ? "failed for want of it. "
          : "used it all the same: with a value that an earlier run had left behind. ") +
        "Mend the error and run the notebook again from the top; tag the cell raises-exception if it is meant to fail.",
      predicts: `${error.name} in cell ${cell.index}: a run from top to bottom stops there`,
      evidence: [
        { cell: cell.index, range: failed.range, message: `the saved output is ${error.name}, raised here` },
        {
          cell: user,
          message: `${isMissed ? "misses" : "uses"} \`${first.name}\` and ran after it, as In [${countOf(user)}]`,
        },
      ],
    };
  }
});
