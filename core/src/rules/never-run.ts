import type { CodeCell } from "../notebook/model.ts";
import { rule } from "./rule.ts";

export const neverRun = rule("NB113", function* ({ notebook, document }) {
  const cells = notebook.cells.filter((cell): cell is CodeCell => cell.kind === "code");
  for (const cell of cells) {
    if (cell.executionCount !== null || cell.source.trim() === "") continue;
    const users = document.edges.filter(({ from, to, kind }) => {
      const user = Number.parseInt(to, 10);
      return (
        Number.parseInt(from, 10) === cell.index &&
        user > cell.index &&
        kind !== "file" &&
        kind !== "random" &&
        hasRun(cells, user)
      );
    });
    const [first] = users;
    const statement = document.statements.find(({ id }) => id === first?.from);
    if (first === undefined || statement === undefined) continue;
    const user = Number.parseInt(first.to, 10);
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
          message: `uses \`${first.name}\` and ran as In [${cells.find(({ index }) => index === user)?.executionCount}]`,
        },
      ],
    };
  }
});

function hasRun(cells: readonly CodeCell[], index: number): boolean {
  return (cells.find((cell) => cell.index === index)?.executionCount ?? null) !== null;
}
