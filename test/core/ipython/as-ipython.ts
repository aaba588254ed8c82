import { pythonRepr } from "../../../core/src/ipython/python-literal.ts";
import type { Translation } from "../../../core/src/ipython/translation.ts";

/**
 * A translation as IPython itself gives it: where a command's Python stands in the open, the call that IPython makes of
 * the command is put back. The outermost command counts; those inside are part of its text.
 */
export function asIPython({ python, commands }: Translation): string {
  const opened = commands
    .filter(({ meaning }) => meaning === "python")
    .sort((one, other) => one.pythonSpan.start - other.pythonSpan.start || other.pythonSpan.end - one.pythonSpan.end);
  const cell = opened.find(({ kind }) => kind === "cell-magic");
  if (cell !== undefined) {
    return callOf("run_cell_magic", [cell.name, cell.argument, cell.body ?? ""]);
  }
  let made = "";
  let at = 0;
  for (const command of opened) {
    const { start, end } = command.pythonSpan;
    if (start < at) continue;
    made += python.slice(at, start) + callOf("run_line_magic", [command.name, command.argument]);
    at = end;
  }
  return made + python.slice(at);
}

function callOf(method: string, texts: readonly string[]): string {
  return `get_ipython().${method}(${texts.map(pythonRepr).join(", ")})`;
}
