import { sha256 } from "#sha256";
import type { Statement, StatementId } from "../../dataflow/model.ts";
import type { Analysis } from "../../rules/analysis.ts";

/** How much of a statement's first line is shown to whoever reads the plan. */
const mostShown = 60;

/**
 * What each statement is: a hash of its code, and how it begins. By these it is found again in a notebook that changed,
 * and a person who edits a plan sees what `3.1` is.
 */
export function statementPrints({ document }: Analysis): Readonly<Record<StatementId, string>> {
  const pythonOf = new Map(document.cells.map(({ cell, translation }) => [cell.index, translation.python]));
  return Object.fromEntries(
    document.statements.map((statement) => {
      const code = codeOf(statement, pythonOf);
      const hash = sha256(code).slice(0, 12);
      return [statement.id, `${hash} ${code.split("\n", 1)[0]?.slice(0, mostShown) ?? ""}`];
    }),
  );
}

function codeOf({ cell, node }: Statement, pythonOf: ReadonlyMap<number, string>): string {
  return (pythonOf.get(cell) ?? "").slice(node.start, node.end);
}
