import type { CallSite } from "../../dataflow/model.ts";
import { isBuiltin } from "../../dataflow/names/injected-names.ts";
import { indented } from "../../inclusion/indented.ts";
import { pythonRepr } from "../../ipython/python-literal.ts";
import { translateCell } from "../../ipython/translate.ts";
import type { Command, CommandMeaning } from "../../ipython/translation.ts";
import { ofIPython, shellText } from "../../plan/command-statements.ts";
import { ProblemError } from "../../problem/problem.ts";
import { namesOfBlock } from "../../python/scopes.ts";
import type { ProjectContext } from "../context.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { usesShellLists } from "./shell-lists.ts";
import type { SourceEdit } from "./source-edit.ts";

/** Plain Python in place of a command of IPython, with the imports that it needs. */
export interface CommandEdits {
  readonly edits: readonly SourceEdit[];
  readonly imports: readonly string[];
}

interface PlainPython {
  readonly text: string;
  readonly imports: readonly string[];
}

/** Turns the magics and shell lines in a statement into Python that needs no IPython. */
export function commandEdits(context: ProjectContext, sourced: SourcedStatement): CommandEdits {
  refuseShellCalls(context, sourced);
  const made = sourced.cell.translation.commands
    .filter(({ pythonSpan, meaning }) => meaning !== "python" && overlaps(pythonSpan, sourced.code))
    .map((command) => ({ ...command, reads: filledIn(context, command) }))
    .map((command) => ({ command, plain: plainPython(command, context, sourced) }));
  return {
    edits: made.map(({ command, plain }) => ({ ...callSpan(command, sourced), text: plain.text })),
    imports: made.flatMap(({ plain }) => plain.imports),
  };
}

const shellMethod = /^IPython\.InteractiveShell\.(?:magic|run_\w+|system\w*|getoutput|ex|ev|push)$/;

/**
 * A call of IPython's shell that is no command, because its texts are not known, finds no shell in a program. Where it
 * stands below a condition, the notebook may have asked for the shell first. Throws ProblemError RP126.
 */
function refuseShellCalls({ plan }: ProjectContext, { cell, statement }: SourcedStatement): void {
  if (statement.node.type !== "Expr" && statement.node.type !== "Assign") return;
  const isCommand = ({ node }: CallSite) =>
    cell.translation.commands.some(({ pythonSpan }) => overlaps(pythonSpan, node));
  const call = statement.calls.find((one) => shellMethod.test(one.callee ?? "") && !isCommand(one));
  if (call === undefined) return;
  throw new ProblemError({
    id: "RP126",
    message: `${call.text}(...) calls IPython's shell, which a Python program does not have, with a text that is not known before it runs`,
    place: { file: plan.notebook.path, cell: cell.cell.index },
    mend: `Write what it does as Python in the cell (subprocess.run for a shell command), or leave statement ${statement.id} out in the plan (leftOut).`,
  });
}

/** `files = get_ipython().getoutput("ls")`: the assignment stays, the call goes. */
function callSpan({ pythonSpan }: Command, { python }: SourcedStatement): { start: number; end: number } {
  const at = python.indexOf("get_ipython()", pythonSpan.start);
  const start = at === -1 || at >= pythonSpan.end ? pythonSpan.start : at;
  return { start, end: pythonSpan.start + python.slice(pythonSpan.start, pythonSpan.end).trimEnd().length };
}

/** What a command is in Python; undefined where this one of its kind cannot be said so. */
type Rewriting = (command: Command, sourced: SourcedStatement, context: ProjectContext) => PlainPython | undefined;

const byMeaning: Readonly<Partial<Record<CommandMeaning, Rewriting>>> = {
  environment: nothing,
  display: nothing,
  names: nothing,
  "timing-only": (command, sourced) => plain(timedOnce(command, sourced)),
  shell: shellLine,
};

/** `%%perl` is `%%script perl` (IPython.core.magics.script.ScriptMagics). */
const interpreters = ["perl", "ruby", "pypy", "python", "python2", "python3"];

const byName: ReadonlyMap<string, Rewriting> = new Map(
  Object.entries({
    ...Object.fromEntries(["bash", "sh", "script", ...interpreters].map((name) => [name, script])),
    env: setVariable,
    set_env: setVariable,
    cd: changeFolder,
    ...Object.fromEntries([...ofIPython.keys()].map((name) => [name, nothing])),
    writefile: writtenFile,
  }),
);

/** Throws ProblemError RP126 for a command that only IPython knows. */
function plainPython(command: Command, context: ProjectContext, sourced: SourcedStatement): PlainPython {
  const { kind, name, meaning } = command;
  const found = byMeaning[meaning]?.(command, sourced, context) ?? byName.get(name)?.(command, sourced, context);
  if (found !== undefined) return found;
  throw new ProblemError({
    id: "RP126",
    message: `${kind === "cell-magic" ? "%%" : "%"}${name} has no meaning outside of IPython that Reprise knows`,
    place: { file: context.plan.notebook.path, cell: sourced.cell.cell.index },
    mend: `Write what it does as Python in the cell, or leave statement ${sourced.id} out in the plan (leftOut).`,
  });
}

function plain(text: string | undefined, ...imports: readonly string[]): PlainPython | undefined {
  return text === undefined ? undefined : { text, imports };
}

function nothing(): PlainPython {
  return { text: "pass", imports: [] };
}

/** `!ls data`, `files = !ls data`, `%mkdir out`, `%sx ls`. */
function shellLine(command: Command, sourced: SourcedStatement, { dataflow }: ProjectContext): PlainPython | undefined {
  const line = shellText(command);
  if (line === undefined) return undefined;
  const call = `subprocess.run(${interpolated(line, command.reads)}, shell=True, `;
  if (!isOutputKept(command, sourced)) return plain(`${call}check=False)`, "import subprocess");
  const lines = `${call}check=False, capture_output=True, text=True).stdout.splitlines()`;
  return usesShellLists(dataflow)
    ? plain(`SList(${lines})`, "import subprocess", "from IPython.utils.text import SList")
    : plain(lines, "import subprocess");
}

/** `%%bash`, `%%script perl -w`. */
function script({ name, argument, body, meaning }: Command): PlainPython | undefined {
  if (meaning !== "shell" || body === undefined) return undefined;
  if (name === "bash" || name === "sh") {
    return plain(`subprocess.run([${pythonRepr(name)}, "-c", ${pythonRepr(body)}], check=True)`, "import subprocess");
  }
  const given = argument.trim().split(/\s+/).filter(Boolean);
  // Options of the magic itself.
  if (given[0]?.startsWith("-")) return undefined;
  const program = name === "script" ? given : [name, ...given];
  if (program.length === 0) return undefined;
  const words = program.map(pythonRepr).join(", ");
  return plain(`subprocess.run([${words}], input=${pythonRepr(body)}, text=True, check=True)`, "import subprocess");
}

function setVariable({ argument, reads }: Command): PlainPython | undefined {
  const [, variable = "", value = ""] = /^(\w+)(?:\s*=\s*|\s+)(.*)$/s.exec(argument.trim()) ?? [];
  if (variable === "") return undefined;
  return plain(`os.environ[${pythonRepr(variable)}] = ${interpolated(value, reads)}`, "import os");
}

/** Without a folder it goes home, as a shell does; `-` and `-b` need what only IPython remembers. */
function changeFolder({ argument, reads }: Command): PlainPython | undefined {
  // `-q` only keeps IPython from printing the folder.
  const folder = argument.replace(/^\s*-q(?=\s|$)/, "").trim() || "~";
  if (folder.startsWith("-")) return undefined;
  const path = interpolated(folder, reads);
  return plain(`os.chdir(${folder.startsWith("~") ? `os.path.expanduser(${path})` : path})`, "import os");
}

function writtenFile({ argument, body }: Command): PlainPython | undefined {
  if (body === undefined) return undefined;
  const [, append, file = ""] = /^(-a\s+|--append\s+)?(.*)$/.exec(argument.trim()) ?? [];
  const call = `Path(${pythonRepr(file)}).open(${append === undefined ? '"w"' : '"a"'})`;
  return plain(`with ${call} as written:\n        written.write(${pythonRepr(body)})`, "from pathlib import Path");
}

/** What a magic times, done once, in a function of its own where it binds names; `undefined` where neither can stand. */
function timedOnce({ timed, pythonSpan }: Command, { cell, statement }: SourcedStatement): string | undefined {
  // How long it took is a value of IPython's (`%timeit -o`).
  if (statement.node.type.endsWith("Assign")) return undefined;
  const code = timed === undefined ? undefined : cell.timed?.get(timed);
  if (timed === undefined || code === undefined || statement.accesses.every(({ kind }) => kind === "read"))
    return "pass";
  const { python } = translateCell(timed, cell.cell.index);
  if (code.body.every(({ type }) => simple.has(type)) && namesOfBlock(code.body).locals.size === 0)
    return code.body.map(({ start, end }) => python.slice(start, end)).join("; ");
  if (pythonSpan.start !== statement.node.start) return undefined;
  const text = python.trim();
  return `def timed_code():\n        ${indented(text, code, "        ").python}\n    timed_code()`;
}

/** Statements that can stand behind one another on a line. */
const simple: ReadonlySet<string> = new Set(["AnnAssign", "Assert", "Assign", "AugAssign", "Delete", "Expr"]);

function isOutputKept({ name, pythonSpan }: Command, { python }: SourcedStatement): boolean {
  return ["!!", "sx", "system"].includes(name) || python.slice(pythonSpan.start, pythonSpan.end).includes("getoutput");
}

/** What IPython fills into a command: nothing where a name is none of the notebook's (`$HOME` is the shell's). */
function filledIn({ dataflow }: ProjectContext, { reads }: Command): readonly string[] {
  if (reads.length === 0) return reads;
  const bound = new Set(
    dataflow.statements.flatMap(({ accesses }) =>
      accesses.flatMap(({ kind, place }) => (kind === "bind" ? place.name : [])),
    ),
  );
  return reads.every((name) => bound.has(name) || isBuiltin(name)) ? reads : [];
}

/** IPython puts the values of `{name}` and `$name` into a command line. */
function interpolated(text: string, reads: readonly string[]): string {
  if (reads.length === 0) return pythonRepr(text);
  return `f${pythonRepr(text.replace(/\$([\p{L}_][\p{L}\p{M}\p{N}_]*)/gu, (whole, name: string) => (reads.includes(name) ? `{${name}}` : whole)))}`;
}

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}
