import { analysedCell } from "./code-lines.ts";
import type { Fixer } from "./fixer.ts";

/** Turns a cell that never ran into a comment: it stays to be read, and a run does what the recorded run did. */
export const leaveOut: Fixer = ({ document }, { cell: index, rule }) => {
  const cell = analysedCell(document.cells, index);
  if (cell === undefined) return undefined;
  const lines = cell.cell.source.trimEnd().split("\n");
  const all = cell.cell.source.split("\n");
  const end = { line: all.length, column: (all.at(-1)?.length ?? 0) + 1 };
  const text = [
    `# Left out (${rule}): this cell never ran in the recorded session.`,
    ...lines.map((line) => (line === "" ? "#" : `# ${line}`)),
  ].join("\n");
  return {
    id: "leave-out",
    title: "Leave this cell out, as a comment: it never ran",
    edits: [{ cell: index, range: { start: { line: 1, column: 1 }, end }, text }],
  };
};
