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
    const isRecorded = saved !== undefined && /^(?:SyntaxError|IndentationError|TabError)$/.test(saved.name);
    yield {
      tier: ran ? "hint" : "strong",
      severity: ran ? "warning" : "error",
      cell: cell.index,
      range: sourceRange(broken, problem),
      subject: problem.message,
      message:
        `This is not Python 3 (${problem.message})` +
        (ran
          ? ", yet the cell ran to its end: it was edited since, or an extension of the kernel reads it. Correct it, or load the extension in the notebook."
          : ": a fresh run stops at this cell, and nothing in it runs. Correct it, or make the cell a text cell."),
      predicts: "SyntaxError",
      evidence: isRecorded
        ? [{ cell: cell.index, message: `the saved output is this very error: ${saved.value}` }]
        : [],
    };
  }
});

/** Cells that are not Python. */
export const brokenCells = inText((cell) => (cell.module.errors.length > 0 ? [cell] : []));
