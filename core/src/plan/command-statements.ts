import type { AnalysedCell, Statement } from "../dataflow/model.ts";
import type { Command, CommandMeaning } from "../ipython/translation.ts";
import type * as ast from "../python/ast.ts";
import type { Bench } from "./bench.ts";

const reasons: Readonly<Partial<Record<CommandMeaning, string>>> = {
  environment: "installs packages, which the project's environment has",
  display: "only concerns the notebook's screen",
  names: "deletes names, and a stage has no others than it needs",
  "timing-only": "only measures time; what it computes is not kept",
};

/** Cells in another language that only show something in a browser. */
const shownInBrowser = new Set(["html", "HTML", "javascript", "js", "latex", "markdown", "svg", "SVG"]);

/** Settings of IPython itself, which a Python program does not have, with why a pipeline needs none. */
export const ofIPython: ReadonlyMap<string, string> = new Map([
  ...["load_ext", "reload_ext", "autoreload", "unload_ext"].map(
    (name) => [name, "loads an extension of IPython"] as const,
  ),
  ...["autosave", "autocall", "automagic", "autoawait", "pdb", "nb_black", "flake8_on", "pycodestyle_on"].map(
    (name) => [name, "only concerns the notebook's editor"] as const,
  ),
  ...["load", "loadpy"].map((name) => [name, "fills the cell with code, which only its user may run"] as const),
  ["tensorflow_version", "chooses a package of Colab, which the project's environment has"],
]);

/** Programs that only show something. */
const showing =
  /^\s*(ls|ll|pwd|cat|head|tail|wc|du|df|file|stat|tree|find|which|whoami|hostname|uname|date|free|lscpu|top|ps|nvidia-smi|nvcc|echo|printenv|(python3?|pip3?|conda|git|java|gcc) (--version|-V|list|freeze|show|log|status|info))\b/;

/** The command that a statement consists of, if it is one and binds nothing. */
export function commandOf(bench: Pick<Bench, "cells">, statement: Statement): Command | undefined {
  return statement.node.type === "Expr" ? commandsIn(bench, statement)[0] : undefined;
}

/** The commands in a statement, also below conditions and in functions that it defines. */
export function commandsIn(bench: Pick<Bench, "cells">, { cell, node: { start, end } }: Statement): readonly Command[] {
  const commands = bench.cells.get(cell)?.translation.commands ?? [];
  return commands.filter(
    ({ pythonSpan, meaning }) => meaning !== "python" && pythonSpan.start < end && start < pythonSpan.end,
  );
}

/** The `%pylab` that a statement is: an import of many names. */
export function pylabCommand(node: ast.Stmt, cell: AnalysedCell | undefined): Command | undefined {
  if (node.type !== "Expr") return undefined;
  return cell?.translation.commands.find(
    ({ name, pythonSpan }) => name === "pylab" && pythonSpan.start < node.end && node.start < pythonSpan.end,
  );
}

/** Why a statement that is a command has no place in a pipeline; `undefined` for what has one. */
export function reasonToLeaveOut(bench: Bench, statement: Statement): string | undefined {
  const command = commandOf(bench, statement);
  if (command === undefined || command.binds.length > 0) return undefined;
  if (command.timed !== undefined && statement.accesses.some(({ kind }) => kind !== "read")) return undefined;
  if (command.meaning === "foreign" && shownInBrowser.has(command.name)) return reasons.display;
  const ofItself = ofIPython.get(command.name);
  if (ofItself !== undefined) return ofItself;
  const line = shellText(command);
  if (line !== undefined && isOnlyShown(line)) return "only shows what the machine answers";
  return reasons[command.meaning];
}

/** Magics that are names for programs (IPython.core.alias.default_aliases), with what they run. */
const aliases: ReadonlyMap<string, string> = new Map([
  ...["ls", "cat", "cp", "mv", "rm", "mkdir", "rmdir"].map((name) => [name, name] as const),
  ["ll", "ls -o"],
  // Shown in a pager.
  ...["less", "more"].map((name) => [name, "cat"] as const),
  ...["head", "tail"].map((name) => [name, name] as const),
]);

/** The line that a command gives to the shell; nothing for what is no line of a shell. */
export function shellText({ meaning, kind, name, argument }: Command): string | undefined {
  if (meaning !== "shell") return undefined;
  if (kind === "shell" || name === "sx" || name === "system") return argument.trim();
  const program = kind === "line-magic" ? aliases.get(name) : undefined;
  return program === undefined ? undefined : `${program} ${argument}`.trim();
}

/** A shell line that shows something and writes nothing. */
function isOnlyShown(line: string): boolean {
  return showing.test(line) && !/[>;&`]|\$\(|\btee\b|-delete|-exec/.test(line);
}

/** Commands that no project can have: another language, other code that is run, magics that nobody knows. */
export function hasNoMeaningOutside(command: Command): boolean {
  if (command.meaning === "unknown" || command.meaning === "foreign") return true;
  return command.meaning === "file" && !/^(writefile|file)$/.test(command.name);
}

/** True for a statement of a cell whose outputs `%%capture` takes. */
export function isInCapture(bench: Bench, { cell }: Statement): boolean {
  const commands = bench.cells.get(cell)?.translation.commands ?? [];
  return commands.some(({ kind, name }) => kind === "cell-magic" && name === "capture");
}
