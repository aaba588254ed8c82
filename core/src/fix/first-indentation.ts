import { firstIndentation } from "../ipython/first-indentation.ts";
import { codeCell } from "../rules/record.ts";
import type { Fixer } from "./fixer.ts";

/** Takes the first line's indentation from all lines that begin with it, as IPython did until version 8. */
export const takeIndentation: Fixer = ({ notebook }, { cell: index }) => {
  const cell = codeCell(notebook, index);
  const indentation = cell && firstIndentation(cell.source);
  if (cell === undefined || indentation === undefined) return undefined;
  const edits = cell.source.split("\n").flatMap((text, at) => {
    if (!text.startsWith(indentation)) return [];
    const line = at + 1;
    const range = { start: { line, column: 1 }, end: { line, column: 1 + indentation.length } };
    return [{ cell: index, range, text: "" }];
  });
  return { id: "take-indentation", title: "Take the first line's indentation away", edits };
};
