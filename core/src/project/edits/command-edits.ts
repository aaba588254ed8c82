import { pythonRepr } from "../../ipython/python-literal.ts";
import { translateCell } from "../../ipython/translate.ts";
import type { Command } from "../../ipython/translation.ts";
import { ProblemError } from "../../problem/problem.ts";
import { namesOfBlock } from "../../python/scopes.ts";
import type { ProjectContext } from "../context.ts";
import type { SourcedStatement } from "../notebook-source.ts";

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
  const made = sourced.cell.translation.commands
    .filter(({ pythonSpan, meaning }) => meaning !== "python" && overlaps(pythonSpan, sourced.code))
    .map((command) => ({ command, plain: plainPython(command, context, sourced) }));
  return {
    edits: made.map(({ command, plain }) => ({ ...callSpan(command, sourced), text: plain.text })),
    imports: made.flatMap(({ plain }) => plain.imports),
  };
}

/** `files = get_ipython().getoutput("ls")`: the assignment stays, the call goes. */
function callSpan({ pythonSpan }: Command, { python }: SourcedStatement): { start: number; end: number } {
  const at = python.indexOf("get_ipython()", pythonSpan.start);
  const start = at === -1 || at >= pythonSpan.end ? pythonSpan.start : at;
  return { start, end: pythonSpan.start + python.slice(pythonSpan.start, pythonSpan.end).trimEnd().length };
}

function plainPython(command: Command, context: ProjectContext, sourced: SourcedStatement): PlainPython {
  const { kind, name, argument, body, meaning } = command;
  const line = argument.trim();
  if (meaning === "environment" || meaning === "display") return { text: "pass", imports: [] };
  if (meaning === "timing-only") {
    const once = timedOnce(command, sourced);
    if (once !== undefined) return { text: once, imports: [] };
  }
  if (meaning === "shell" && kind === "shell") {
    const call = `subprocess.run(${interpolated(argument.trim(), command.reads)}, shell=True, `;
    const text = isOutputKept(command, sourced)
      ? `${call}check=False, capture_output=True, text=True).stdout.splitlines()`
      : `${call}check=False)`;
    return { text, imports: ["import subprocess"] };
  }
  if (meaning === "shell" && body !== undefined && /^(bash|sh|script)$/.test(name)) {
    const shell = name === "script" ? line : name;
    return {
      text: `subprocess.run([${pythonRepr(shell)}, "-c", ${pythonRepr(body)}], check=True)`,
      imports: ["import subprocess"],
    };
  }
  if (name === "env" || name === "set_env") {
    const [, variable = "", value = ""] = /^(\w+)(?:\s*=\s*|\s+)(.*)$/s.exec(line) ?? [];
    if (variable !== "") {
      return {
        text: `os.environ[${pythonRepr(variable)}] = ${interpolated(value, command.reads)}`,
        imports: ["import os"],
      };
    }
  }
  if (name === "cd" && line !== "")
    return { text: `os.chdir(${interpolated(line, command.reads)})`, imports: ["import os"] };
  if (name === "load_ext" || name === "reload_ext") return { text: "pass", imports: [] };
  if (name === "writefile" && body !== undefined) {
    const [, append, file = ""] = /^(-a\s+|--append\s+)?(.*)$/.exec(line) ?? [];
    const call = `Path(${pythonRepr(file)}).open(${append === undefined ? '"w"' : '"a"'})`;
    return {
      text: `with ${call} as written:\n        written.write(${pythonRepr(body)})`,
      imports: ["from pathlib import Path"],
    };
  }
  throw new ProblemError({
    id: "RP126",
    message: `${kind === "cell-magic" ? "%%" : "%"}${name} has no meaning outside of IPython that Reprise knows`,
    place: { file: context.plan.notebook.path, cell: sourced.cell.cell.index },
    mend: `Write what it does as Python in the cell, or leave statement ${sourced.id} out in the plan (leftOut).`,
  });
}

/** What a magic times, done once; `undefined` where it binds names, which would be those of the stage. */
function timedOnce({ timed }: Command, { cell, statement }: SourcedStatement): string | undefined {
  if (timed === undefined || statement.accesses.every(({ kind }) => kind === "read")) return "pass";
  const body = cell.timed?.get(timed)?.body ?? [];
  const isPlain = body.every(({ type }) => simple.has(type)) && namesOfBlock(body).locals.size === 0;
  if (!isPlain) return undefined;
  const { python } = translateCell(timed, cell.cell.index);
  return body.map(({ start, end }) => python.slice(start, end)).join("; ");
}

/** Statements that can stand behind one another on a line. */
const simple: ReadonlySet<string> = new Set(["AnnAssign", "Assert", "Assign", "AugAssign", "Delete", "Expr"]);

function isOutputKept({ name, pythonSpan }: Command, { python }: SourcedStatement): boolean {
  return name === "!!" || python.slice(pythonSpan.start, pythonSpan.end).includes("getoutput");
}

/** IPython puts the values of `{name}` and `$name` into a command line. */
function interpolated(text: string, reads: readonly string[]): string {
  if (reads.length === 0) return pythonRepr(text);
  return `f${pythonRepr(text.replace(/\$(\w+)/g, (whole, name: string) => (reads.includes(name) ? `{${name}}` : whole)))}`;
}

function overlaps(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}
