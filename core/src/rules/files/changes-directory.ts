import { type CellCode, inCode } from "../clue.ts";
import { type Facts, rangeIn, rule, sourceRange } from "../rule.ts";

export const changesDirectory = rule("NB303", ({ document }) => changes(document));

const changes = inCode(function* (cell: CellCode): Generator<Facts> {
  for (const { callee, text, node } of cell.statements.flatMap(({ calls }) => calls)) {
    if (callee === "os.chdir" || callee === "os.fchdir")
      yield facts(cell.translation.cell, sourceRange(cell, node), text, isRelative(node.args[0]));
  }
  for (const { name, kind, argument, span } of cell.translation.commands) {
    if (kind === "line-magic" && name === "cd")
      yield facts(
        cell.translation.cell,
        rangeIn(cell, span),
        `%cd ${argument}`.trim(),
        !/^\s*["']?(?:[/~\\{$]|[A-Za-z]:)/.test(argument),
      );
  }
});

/** Only a text that is surely relative; a variable may hold anything. */
function isRelative(node: { readonly type: string; readonly value?: unknown } | undefined): boolean {
  return node?.type === "Constant" && !/^(?:[/~\\]|[A-Za-z]:)/.test(String(node.value));
}

function facts(cell: number, range: Facts["range"], subject: string, isRelative: boolean): Facts {
  return {
    tier: "hint",
    severity: isRelative ? "warning" : "info",
    cell,
    range,
    subject,
    message:
      `\`${subject}\` changes the folder of the whole process: every relative path below it means another place` +
      (isRelative ? ", and a second run of this cell goes one step further, or fails. " : ". ") +
      "Leave the folder as it is, and put it into the paths: DATA = Path('...'); DATA / 'table.csv'.",
    predicts: isRelative
      ? "FileNotFoundError, or other files, when this cell runs twice"
      : "other files where this cell did not run first",
  };
}
