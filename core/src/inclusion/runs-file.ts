import type { Translation } from "../ipython/translation.ts";
import type * as ast from "../python/ast.ts";
import { children, type TypedNode } from "../python/walk.ts";
import { type RunArgument, readRunArgument, type UnclearRun } from "./run-argument.ts";

/** A statement that runs a file. */
export type FileRun = (RunArgument | UnclearRun) & {
  readonly node: ast.Stmt;
  readonly by: "run" | "exec";
};

/** What has statements in it that run in the same names. */
const blocks = new Set(["If", "For", "AsyncFor", "While", "With", "AsyncWith", "Try", "TryStar", "Match"]);

/** The statements of a cell that run files, in order, also below conditions, in loops and in `try`; not in functions. */
export function runsFiles(module: ast.Module, translation: Translation): readonly FileRun[] {
  const found: FileRun[] = [];
  const waiting: TypedNode[] = [...module.body];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (blocks.has(node.type)) waiting.push(...children(node));
    const run = node.type === "Expr" ? runsFile(node, translation) : undefined;
    if (run !== undefined) found.push(run);
  }
  return found.sort((one, other) => one.node.start - other.node.start);
}

/** The file that a statement runs, where it is one that does nothing else. */
function runsFile(node: ast.ExprStmt, translation: Translation): FileRun | undefined {
  const command = translation.commands.find(
    ({ kind, name, pythonSpan }) => kind === "line-magic" && name === "run" && pythonSpan.start === node.start,
  );
  if (command !== undefined) return { node, by: "run", ...readRunArgument(command.argument) };
  const path = executedPath(node.value);
  return path === undefined ? undefined : { node, by: "exec", path, sharesNames: true, isNamed: false };
}

/** `exec(open("x.py").read())`, `exec(Path("x.py").read_text())`, `execfile("x.py")`, also with `compile` between. */
function executedPath(node: ast.Expr): string | undefined {
  if (node.type !== "Call" || node.func.type !== "Name" || node.keywords.length > 0) return undefined;
  const [code, ...others] = node.args;
  if (code === undefined || others.length > 0) return undefined;
  if (node.func.id === "execfile") return textOf(code);
  return node.func.id === "exec" ? sourcePath(code) : undefined;
}

function sourcePath(code: ast.Expr): string | undefined {
  if (code.type !== "Call") return undefined;
  const { func, args } = code;
  if (func.type === "Name" && func.id === "compile") return args[0] === undefined ? undefined : sourcePath(args[0]);
  if (func.type !== "Attribute" || args.length > 0 || func.value.type !== "Call") return undefined;
  const opened = func.value.func;
  const name = opened.type === "Attribute" ? opened.attr.name : opened.type === "Name" ? opened.id : "";
  const isRead = (name === "open" && func.attr.name === "read") || (name === "Path" && func.attr.name === "read_text");
  const [path] = func.value.args;
  return isRead && path !== undefined ? textOf(path) : undefined;
}

function textOf(node: ast.Expr): string | undefined {
  return node.type === "Constant" && node.kind === "str" ? String(node.value) : undefined;
}
