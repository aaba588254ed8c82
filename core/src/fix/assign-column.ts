import { columnChanges } from "../rules/learning/column-changes.ts";
import { sourceRange } from "../rules/rule.ts";
import { analysedCell } from "./code-lines.ts";
import type { Fixer } from "./fixer.ts";

/** `df["a"].fillna(0, inplace=True)` becomes `df["a"] = df["a"].fillna(0)`, which means one thing in every pandas. */
export const assignColumn: Fixer = ({ document }, { cell: index, range }) => {
  const cell = analysedCell(document.cells, index);
  const change =
    cell &&
    columnChanges(cell).find(({ node }) => {
      const { start } = sourceRange(cell, node);
      return start.line === range.start.line && start.column === range.start.column;
    });
  if (cell === undefined || change === undefined) return undefined;
  const { node, column, method, inplace } = change;
  const others = [...node.args, ...node.keywords].filter((one) => one !== inplace);
  const before = others.filter(({ end }) => end <= inplace.start).at(-1);
  const behind = others.find(({ start }) => start >= inplace.end);
  const gone = {
    start: before?.end ?? inplace.start,
    end: before === undefined ? (behind?.start ?? inplace.end) : inplace.end,
  };
  const start = sourceRange(cell, node).start;
  return {
    id: "assign-column",
    title: `Assign the column: \`${column} = ${column}.${method}(...)\``,
    edits: [
      { cell: index, range: { start, end: start }, text: `${column} = ` },
      { cell: index, range: sourceRange(cell, gone), text: "" },
    ],
    changesValues: true,
  };
};
