import type { Dataflow } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { type CellText, inText } from "../clue.ts";

export interface NeededVariable {
  readonly cell: CellText;
  readonly node: ast.Expr;
  readonly name: string;
}

/** Stands for every variable: a file of settings may set any. */
const allSet = Symbol("all set");

/** Variables that every machine has. */
const everywhere = new Set(["HOME", "PATH", "USER", "PWD", "TMPDIR", "LANG", "SHELL"]);

/**
 * Environment variables that are read without a default (`os.environ["X"]`, `os.getenv("X")`), each once; none that the
 * notebook sets, and none at all where a file of settings (dotenv) may.
 */
export function variablesNeeded(document: Dataflow): readonly NeededVariable[] {
  const needed = new Map<string, NeededVariable>();
  const set = new Set(everywhere);
  for (const use of uses(document)) {
    if (use === allSet) return [];
    if (typeof use === "string") set.add(use);
    else if (!needed.has(use.name)) needed.set(use.name, use);
  }
  return [...needed.values()].filter(({ name }) => !set.has(name));
}

/** The variables that a cell needs, and the names of those that it sets or asks for first. */
const uses = inText(function* (cell): Generator<NeededVariable | string | typeof allSet> {
  const { python, commands } = cell.translation;
  for (const { name, argument } of commands) {
    if (name === "dotenv") yield allSet;
    const variable = /^\s*(\w+)[\s=]/.exec(argument)?.[1];
    if ((name === "env" || name === "set_env") && variable !== undefined) yield variable;
  }
  if (!/\benviron\b|\bgetenv\b|dotenv/.test(python)) return;
  if (/\bload_dotenv\b|\benviron\.update\b/.test(python)) yield allSet;
  for (const { node } of walk(cell.module)) {
    if (node.type === "Assign") {
      for (const target of node.targets) {
        const name = itemOfEnvironment(python, target);
        if (name !== undefined) yield name;
      }
    } else if (node.type === "Compare" || (node.type === "Call" && /\bsetdefault$/.test(textOf(python, node.func)))) {
      // `"X" in os.environ` asks first.
      for (const { node: inner } of walk(node)) if (inner.type === "Constant") yield String(inner.value);
    }
    const name =
      node.type === "Call"
        ? argumentOfGet(python, node)
        : node.type === "Subscript"
          ? itemOfEnvironment(python, node)
          : undefined;
    if (name !== undefined) yield { cell, node: node as ast.Expr, name };
  }
});

function itemOfEnvironment(python: string, node: ast.Expr): string | undefined {
  if (node.type !== "Subscript" || !/^(?:os\.)?environ$/.test(textOf(python, node.value))) return undefined;
  return text(node.slice);
}

function argumentOfGet(python: string, { func, args, keywords }: ast.Call): string | undefined {
  if (args.length !== 1 || keywords.length > 0) return undefined;
  if (!/^(?:os\.)?(?:getenv|environ\.get)$/.test(textOf(python, func))) return undefined;
  return text(args[0]);
}

function text(node: ast.Expr | undefined): string | undefined {
  return node?.type === "Constant" && node.kind === "str" ? String(node.value) : undefined;
}

function textOf(python: string, { start, end }: ast.Expr): string {
  return end - start > 40 ? "" : python.slice(start, end);
}
