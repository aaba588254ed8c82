import type { Statement, StatementId } from "../dataflow/model.ts";
import type { Analysis } from "./analysis.ts";
import { codeCell, isMeantToFail } from "./record.ts";
import { rule } from "./rule.ts";
import { isSettled } from "./settled.ts";

/** What a cell uses of another that ran once more after it. */
interface Later {
  readonly name: string;
  readonly statement: Statement;
  readonly use: Statement;
}

export const staleOutput = rule("NB106", function* (analysis) {
  if (analysis.recorded === undefined) return;
  const { notebook } = analysis;
  for (const [cell, later] of staleCells(analysis)) {
    const saved = codeCell(notebook, cell);
    if (saved === undefined || saved.outputs.length === 0 || isMeantToFail(saved)) continue;
    const { name, statement, use } = later;
    const access = use.accesses.find(({ place, kind }) => place.name === name && kind !== "bind");
    const count = codeCell(notebook, statement.cell)?.executionCount;
    yield {
      tier: "strong",
      severity: "warning",
      cell,
      range: access?.range ?? use.range,
      subject: name,
      message:
        `The saved output is older than what it was made of: cell ${statement.cell}, which makes \`${name}\`, ran again ` +
        `(In [${count}]) after this cell (In [${saved.executionCount}]). It may not show today's \`${name}\`. ` +
        "Run this cell again, or all cells from the top, and save.",
      predicts: `the output of cell ${cell} changes: \`${name}\` was made again after it`,
      evidence: [
        { cell: statement.cell, range: statement.range, message: `makes \`${name}\`, ran as In [${count}]` },
        { cell, message: `ran before that, as In [${saved.executionCount}]` },
      ],
    };
  }
});

/** The cells that ran before the last run of a cell above that they need for sure, each with the first such need. */
export function staleCells({ notebook, document }: Analysis): ReadonlyMap<number, Later> {
  const statements = new Map(document.statements.map((statement) => [statement.id, statement]));
  const at = (id: StatementId) => statements.get(id) as Statement;
  const stale = new Map<number, Later>();
  for (const { from, to, name, kind, certainty } of document.edges) {
    if (certainty === "may" || kind === "random" || kind === "file") continue;
    const statement = at(from);
    const use = at(to);
    const count = codeCell(notebook, use.cell)?.executionCount ?? null;
    const before = codeCell(notebook, statement.cell)?.executionCount ?? null;
    if (count === null || before === null || statement.cell >= use.cell || before <= count) continue;
    if (stale.has(use.cell) || isSettled(document, statement)) continue;
    stale.set(use.cell, { name, statement, use });
  }
  return stale;
}
