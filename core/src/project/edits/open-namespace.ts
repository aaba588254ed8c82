import type * as ast from "../../python/ast.ts";
import { isDefinition } from "../../python/definition.ts";
import { walk } from "../../python/walk.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { looksIntoGlobals } from "./scope-edits.ts";
import type { SourceEdit } from "./source-edit.ts";

/**
 * True where statements may bind or read names that nobody sees: `exec(code)`, `eval(text)` of a text that is made while
 * they run, `globals()[name] = value`. Their stage keeps its variables in its module, as the notebook kept its own.
 */
export function opensNamespace(statements: readonly SourcedStatement[]): boolean {
  return statements.some(({ statement: { node } }) => {
    const looks = new Set(looksIntoGlobals(node));
    return [...walk(node)].some(({ node: part }) => part.type === "Call" && !looks.has(part) && isOpening(part));
  });
}

function isOpening({ func, args, keywords }: ast.Call): boolean {
  if (func.type !== "Name") return false;
  const [code, namespace] = args;
  if (func.id === "globals" || func.id === "locals" || func.id === "vars") return args.length === 0;
  const isOwn = namespace !== undefined && !(namespace.type === "Call" && isOpening(namespace));
  if (isOwn || keywords.length > 0) return false;
  return func.id === "exec" || (func.id === "eval" && code?.type !== "Constant");
}

/** What makes a function's body work on the names of its module: first lines of it, and edits of a statement. */
export function openNamespaceLines(names: readonly string[], inputs: readonly string[]): readonly string[] {
  const own = [...new Set(names)].filter((name) => !inputs.includes(name)).sort();
  const given = inputs.map((name) => `${name}=${name}`).join(", ");
  return [
    "# Code that is made while it runs binds and reads names: they are the module's, as they were the notebook's.",
    ...own.map((name) => `global ${name}`),
    ...(inputs.length === 0 ? [] : [`globals().update(${given})`]),
  ];
}

/** Where the names of a cell were its globals: `locals()`, and what `exec(code)` works on without being told. */
export function namespaceEdits({ statement: { node } }: SourcedStatement): readonly SourceEdit[] {
  if (isDefinition(node)) return [];
  if (node.type === "AnnAssign" && node.target.type === "Name") return unannotated(node, node.target);
  return [...walk(node)].flatMap(({ node: part }) => {
    if (part.type !== "Call" || part.func.type !== "Name" || !isOpening(part)) return [];
    const { func, args, end } = part;
    if (func.id === "exec") return args.length === 1 ? [{ start: end - 1, end: end - 1, text: ", globals()" }] : [];
    return func.id === "eval" || func.id === "globals" ? [] : [{ start: part.start, end, text: "globals()" }];
  });
}

/** Python takes no annotation of a name that is declared global: `x: int = 1`. */
function unannotated({ value, start, end }: ast.AnnAssign, target: ast.Name): readonly SourceEdit[] {
  return value === undefined ? [{ start, end, text: "pass" }] : [{ start: target.end, end: value.start, text: " = " }];
}

/** What linters are told of a module with names that they cannot see. */
export const openModuleRemarks = ["# ruff: noqa: F821", '# mypy: disable-error-code="name-defined"'];
