import type { AnalysedCell, Dataflow } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";
import type { Edit } from "../rules/finding.ts";
import { sourceRange } from "../rules/rule.ts";
import type { Range } from "../text/position.ts";
import { analysedCell } from "./code-lines.ts";
import type { Fixer } from "./fixer.ts";
import { isImport, placeImports } from "./import-place.ts";

/** Reads a secret from an environment variable; what must be set is told, the secret itself never. */
export const secretVariable: Fixer = ({ document }, { cell: index, range, subject }) => {
  const cell = analysedCell(document.cells, index);
  const found = cell && literalAt(cell, range);
  if (cell === undefined || found === undefined) return undefined;
  const name = variableName(found.name ?? subject);
  const edit: Edit = { cell: index, range: sourceRange(cell, found.node), text: `os.environ["${name}"]` };
  const title = `Read it from the environment variable ${name}, which must then be set`;
  if (importsOs(document, index)) return { id: "secret-variable", title, edits: [edit] };
  const { edits, ...cells } = placeImports(document, ["import os"], index);
  return { id: "secret-variable", title, ...cells, edits: [...edits, edit] };
};

/** The literal that is the secret as a whole, and what it is called: the name that it is assigned or given to. */
function literalAt(cell: AnalysedCell, range: Range): { node: ast.Constant; name?: string } | undefined {
  const names = new Map<object, string>();
  const parts = new Set<object>();
  for (const { node } of walk(cell.module)) {
    if (node.type === "JoinedStr") for (const { node: inner } of walk(node)) parts.add(inner);
    if (node.type === "Assign") {
      const [target] = node.targets;
      const name =
        target?.type === "Name" ? target.id : target?.type === "Attribute" ? target.attr.name : itemName(target);
      if (name !== undefined) names.set(node.value, name);
    }
    if (node.type === "Call")
      for (const { arg, value } of node.keywords) if (arg !== undefined) names.set(value, arg.name);
    if (node.type !== "Constant" || node.kind !== "str" || parts.has(node)) continue;
    const own = sourceRange(cell, node);
    if (own.start.line !== range.start.line || own.end.line !== range.end.line) continue;
    const slack = range.start.column - own.start.column + (own.end.column - range.end.column);
    const holds = own.start.column <= range.start.column && own.end.column >= range.end.column;
    // Quotes and a prefix around it; more is text that the secret is only a part of.
    if (!holds || slack > 3) continue;
    const name = names.get(node);
    return { node, ...(name === undefined ? {} : { name }) };
  }
  return undefined;
}

function itemName(target: ast.Expr | undefined): string | undefined {
  return target?.type === "Subscript" && target.slice.type === "Constant" ? String(target.slice.value) : undefined;
}

function variableName(text: string): string {
  const words = text
    .replace(/^(?:the secret for |an? )/, "")
    .replace(/\bof\b/g, " ")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return words.toUpperCase() || "SECRET";
}

function importsOs({ statements }: Dataflow, cell: number): boolean {
  return statements.some(
    (statement) =>
      statement.cell <= cell &&
      isImport(statement) &&
      statement.node.type === "Import" &&
      statement.node.names.some(({ name, asname }) => name === "os" && asname === undefined),
  );
}
