import type { Command } from "../../ipython/translation.ts";
import type * as ast from "../../python/ast.ts";
import { makeFunction } from "../calls/make-function.ts";
import { callFunction } from "../calls/notebook-call.ts";
import { openNamespace } from "../calls/open-namespace.ts";
import { noArguments } from "../calls/returned.ts";
import type { Interpreter } from "../interpreter.ts";
import type { AnalysedCell } from "../model.ts";
import { bindName, readGlobal, unbindName } from "../names/names.ts";
import { nothing } from "../objects/value.ts";
import { bindStarNames } from "../statements/imports.ts";
import { enterFolder, noteFile } from "./files.ts";
import { forgottenNames } from "./forgotten-names.ts";
import { changeDirectory, noteState } from "./process-state.ts";

/** What magics and shell lines do to the names of the notebook, beyond the Python that they became. */
export function followCommands(run: Interpreter, cell: AnalysedCell, node: ast.Stmt): void {
  for (const command of cell.translation.commands) {
    const { start, end } = command.pythonSpan;
    const isWithin = start >= node.start && start < Math.max(node.end, node.start + 1);
    const isAround = start < node.start && end > node.start && node === cell.module.body[0];
    if (!isWithin && !isAround) continue;
    const timed = command.timed === undefined ? undefined : cell.timed?.get(command.timed);
    if (timed === undefined) followCommand(run, command, node);
    else if (!isDefinition(node)) followTimed(run, timed, node);
  }
}

function followCommand(run: Interpreter, command: Command, node: ast.Stmt): void {
  for (const name of command.binds) if (name !== "*") bindName(run, name, run.at(command, { mutable: true }), node);
  for (const name of interpolated(command)) {
    const binding = run.module.layer.get(name);
    if (binding !== undefined) readGlobal(run, name, { path: [], span: node, along: nothing, value: binding.value });
  }
  if (command.meaning === "names") {
    forget(run, command, node);
  } else if (command.name === "pylab") {
    bindStarNames(run, run.catalog.pylabNames(command.argument), node);
  } else if (command.name === "writefile") {
    noteFile(run, "write", command.argument.replace(/^-a\s+/, "").trim(), node);
  } else if (command.name === "cd") {
    noteState(run, [{ state: "directory", use: "change" }]);
    const folder = /^[\w./-]+$/.test(command.argument) ? command.argument : undefined;
    if (folder !== undefined) enterFolder(run, folder);
    changeDirectory(run, folder);
  } else if (opensNamespace(command)) {
    openNamespace(run, node, `%${command.name} may read, change and bind any name`, command.meaning === "unknown");
  }
}

/** `%reset`: names are gone; perhaps, where it stands below a condition or in a function. */
function forget(run: Interpreter, command: Command, node: ast.Stmt): void {
  const bound = [...run.names()].filter((name) => run.module.layer.get(name) !== undefined);
  const forgotten = forgottenNames(command, bound);
  const surely = node.type === "Expr" ? forgotten.surely : [];
  const all = node.type === "Expr" ? forgotten.perhaps : [...forgotten.surely, ...forgotten.perhaps];
  // What may be gone already is so after this too.
  const perhaps = all.filter((name) => run.module.layer.get(name)?.certain);
  const unbind = (names: readonly string[]) => {
    run.within(run.module, () => {
      for (const name of names) unbindName(run, name, node);
    });
  };
  unbind(surely);
  if (perhaps.length > 0) {
    run.branches([
      () => {
        unbind(perhaps);
        return "next";
      },
      () => "next",
    ]);
  }
}

/** `%timeit` calls what it times at least once and, nearly always, again: what the first call left is seen by the second. */
function followTimed(run: Interpreter, timed: ast.FunctionDef, site: ast.Stmt): void {
  for (const fn of makeFunction(run, timed)) {
    callFunction(run, fn, noArguments, site);
    run.maybe(() => callFunction(run, fn, noArguments, site));
  }
}

/** What stands in a function's body does not run where the function is defined, and knows the function's names. */
function isDefinition({ type }: ast.Stmt): boolean {
  return type === "FunctionDef" || type === "AsyncFunctionDef" || type === "ClassDef";
}

/** Magics that bind names of which the notebook's text says nothing. */
function opensNamespace(command: Command): boolean {
  if (command.meaning === "unknown" || command.binds.includes("*")) return true;
  if (command.name === "store") return command.argument.includes("-r");
  return command.name === "run";
}

/** Names that IPython puts into a command line: `{name}` and `$name`. */
function interpolated(command: Command): ReadonlySet<string> {
  if (command.meaning === "python" || command.meaning === "timing-only") return new Set();
  const names = new Set<string>();
  for (const [, braced, dollar] of `${command.argument}\n${command.body ?? ""}`.matchAll(
    /\{\s*([\p{L}_][\p{L}\p{N}_]*)|\$([\p{L}_][\p{L}\p{N}_]*)/gu,
  )) {
    const name = braced ?? dollar;
    if (name !== undefined) names.add(name);
  }
  return names;
}
