import { pythonRepr } from "../../../core/src/ipython/python-literal.ts";
import type { Command, Translation } from "../../../core/src/ipython/translation.ts";

/**
 * A translation as IPython itself gives it: where a command's Python stands in the open, the call that IPython makes of
 * the command is put back. The outermost command counts; those inside are part of its text.
 */
export function asIPython({ source, python, commands }: Translation): string {
  const opened = commands
    .filter((command) => command.meaning === "python" || writtenIn(source, command) !== undefined)
    .sort((one, other) => one.pythonSpan.start - other.pythonSpan.start || other.pythonSpan.end - one.pythonSpan.end);
  const cell = opened.find(({ kind }) => kind === "cell-magic");
  if (cell !== undefined) {
    return writtenIn(source, cell) ?? callOf("run_cell_magic", [cell.name, cell.argument, cell.body ?? ""]);
  }
  let made = "";
  let at = 0;
  for (const command of opened) {
    const { start, end } = command.pythonSpan;
    if (start < at) continue;
    made += python.slice(at, start);
    made += writtenIn(source, command) ?? callOf("run_line_magic", [command.name, command.argument]);
    at = end;
  }
  return made + python.slice(at);
}

/** The call of IPython's shell that the cell has where a command stands: IPython leaves it alone. */
function writtenIn(source: string, { span }: Command): string | undefined {
  const text = source.slice(span.start, span.end);
  return /^(?:[\w\s,]+=\s*)?(?:IPython\.)?get_ipython\(\)\s*\./.exec(text) === null ? undefined : text;
}

function callOf(method: string, texts: readonly string[]): string {
  return `get_ipython().${method}(${texts.map(pythonRepr).join(", ")})`;
}
