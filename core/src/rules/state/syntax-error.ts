import { firstIndentation } from "../../ipython/first-indentation.ts";
import { inText } from "../clue.ts";
import { codeCell, errorOf, isMeantToFail, ranToItsEnd } from "../record.ts";
import { rule, sourceRange } from "../rule.ts";

export const syntaxError = rule("NB118", function* ({ notebook, document }) {
  for (const broken of brokenCells(document)) {
    const cell = codeCell(notebook, broken.translation.cell);
    const [problem] = broken.module.errors;
    if (cell === undefined || problem === undefined || isMeantToFail(cell)) continue;
    const ran = ranToItsEnd(cell);
    const saved = errorOf(cell);
    const isOutdated = isFirstIndentation(cell.source, problem.message);
    const isRecorded = saved !== undefined && /^(?:SyntaxError|IndentationError|TabError)$/.test(saved.name);
    yield {
      tier: ran && !isOutdated ? "hint" : "strong",
      severity: ran ? "warning" : "error",
      cell: cell.index,
      range: sourceRange(broken, problem),
      subject: problem.message,
      message:
        `This is not Python 3 (${problem.message})` +
        (isOutdated
          ? `: ${indentedOnce}, and a fresh run stops at this cell. Take these blanks away.`
          : ran
            ? ", yet the cell ran to its end: it was edited since, or an extension of the kernel reads it. Correct it, or load the extension in the notebook."
            : ": a fresh run stops at this cell, and nothing in it runs. Correct it, or make the cell a text cell."),
      predicts: "SyntaxError",
      evidence: isRecorded
        ? [{ cell: cell.index, message: `the saved output is this very error: ${saved.value}` }]
        : [],
    };
  }
});

/** Why a cell ran once whose first line alone is indented. */
export const indentedOnce =
  "IPython took the first line's indentation from the whole cell until version 8, newer ones take what all lines share";

/** Whether a cell is no Python only because IPython reads its first line's indentation otherwise now. */
export function isFirstIndentation(source: string, problem: string): boolean {
  return problem === "unexpected indent" && firstIndentation(source) !== undefined;
}

/** Cells that are not Python. */
export const brokenCells = inText((cell) => (cell.module.errors.length > 0 ? [cell] : []));
