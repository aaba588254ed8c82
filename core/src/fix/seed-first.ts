import { analysedCell, lineStart, linesOf, takesPython } from "./code-lines.ts";
import type { Fixer } from "./fixer.ts";

/** Moves the line that seeds a stream above the first draw from it. */
export const seedFirst: Fixer = ({ document }, { cell, range, evidence }) => {
  const seed = evidence[0];
  const home = seed && analysedCell(document.cells, seed.cell);
  const user = analysedCell(document.cells, cell);
  const statement = home?.statements.find(({ range: own }) => own.start.line === seed?.range?.start.line);
  const drawing = user?.statements.find(({ range: own }) => own.end.line >= range.start.line);
  if (home === undefined || user === undefined || statement === undefined || drawing === undefined) return undefined;
  const lines = linesOf(home, statement);
  if (lines === undefined || statement.node.type !== "Expr" || !takesPython(user)) return undefined;
  return {
    id: "seed-first",
    title: `Move \`${lines.text.split("\n").at(-1)?.trim()}\` above the first draw`,
    edits: [
      { cell, range: lineStart(drawing.range.start.line), text: `${lines.text}\n` },
      { cell: home.cell.index, range: lines.range, text: "" },
    ],
    changesValues: true,
  };
};
