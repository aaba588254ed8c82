import { cellOf } from "../../dataflow/statement-id.ts";
import type { CodeCell } from "../../notebook/model.ts";
import { indexOf } from "../document-index.ts";
import { isMended } from "../record.ts";
import { rule } from "../rule.ts";

export const neverRun = rule("NB113", function* ({ notebook, document }) {
  const cells = notebook.cells.filter((cell): cell is CodeCell => cell.kind === "code");
  const counts = new Map(cells.map((cell) => [cell.index, cell.executionCount]));
  const unrun = cells.filter(hasNotRun);
  if (unrun.length === 0 || cells.every(({ executionCount }) => executionCount === null)) return;
  const unrunCells = new Set(unrun.map(({ index }) => index));
  const unrunIds = new Set(document.statements.flatMap(({ id, cell }) => (unrunCells.has(cell) ? [id] : [])));
  const edges = Map.groupBy(
    document.edges.filter(({ from }) => unrunIds.has(from)),
    ({ from }) => cellOf(from),
  );
  for (const cell of unrun) {
    const users = (edges.get(cell.index) ?? []).filter(
      ({ to, kind }) =>
        cellOf(to) > cell.index && kind !== "file" && kind !== "random" && counts.get(cellOf(to)) != null,
    );
    const [first] = users;
    const statement = first && indexOf(document).statement(first.from);
    if (first === undefined || statement === undefined) continue;
    const user = cellOf(first.to);
    const names = [...new Set(users.map(({ name }) => name))];
    yield {
      tier: "strong",
      severity: "warning",
      cell: cell.index,
      range: statement.range,
      subject: first.name,
      message:
        `This cell never ran in the recorded session, but cells that did use what it defines (${names.map((name) => `\`${name}\``).join(", ")}): ` +
        `a run from top to bottom gives cell ${user} another value than it had. ` +
        "If it is a note or an alternative, comment it out or delete it; otherwise run the notebook again from the top and save it.",
      predicts: `cell ${user} gets \`${first.name}\` from this cell, which the recorded run did not`,
      evidence: [
        { cell: cell.index, message: "has no execution count" },
        {
          cell: user,
          message: `uses \`${first.name}\` and ran as In [${counts.get(user)}]`,
        },
      ],
    };
  }
});

/** With outputs it did run: an edit in some editors takes the count away and leaves them. */
function hasNotRun(cell: CodeCell): boolean {
  return cell.executionCount === null && cell.outputs.length === 0 && cell.source.trim() !== "" && !isMended(cell);
}
