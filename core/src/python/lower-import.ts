import type { Alias, Stmt } from "./ast.ts";
import { identifier } from "./lower-expression.ts";
import { type Lowering, report, textOf } from "./lowering.ts";
import { namedKids, type SyntaxNode, token } from "./syntax-node.ts";

/** `import a.b as c` */
export function lowerImport(lowering: Lowering, node: SyntaxNode): Stmt {
  reportLastComma(lowering, node);
  return { type: "Import", start: node.start, end: node.end, names: lowerAliases(lowering, namedKids(node)) };
}

/** `from __future__ import ...`, for which the grammar has a node of its own. */
export function lowerFutureImport(lowering: Lowering, node: SyntaxNode): Stmt {
  reportLastComma(lowering, node);
  const names = lowerAliases(lowering, namedKids(node));
  return { type: "ImportFrom", start: node.start, end: node.end, module: "__future__", level: 0, names };
}

/** `from ..a import b as c` */
export function lowerImportFrom(lowering: Lowering, node: SyntaxNode): Stmt {
  const [source, ...imported] = namedKids(node);
  reportLastComma(lowering, node);
  const [prefix, relative] = source?.type === "relative_import" ? namedKids(source) : [undefined, source];
  return {
    type: "ImportFrom",
    start: node.start,
    end: node.end,
    ...(relative && { module: dotted(lowering, relative) }),
    level: prefix === undefined ? 0 : textOf(lowering, prefix).replace(/[^.]/g, "").length,
    names: lowerAliases(lowering, imported),
  };
}

function reportLastComma(lowering: Lowering, node: SyntaxNode): void {
  const last = node.kids.at(-1);
  if (last?.type === "," && token(node, "(") === undefined)
    report(lowering, last, "a comma behind the last name needs parentheses around the names");
}

function lowerAliases(lowering: Lowering, nodes: readonly SyntaxNode[]): Alias[] {
  return nodes.map((node) => {
    const place = { start: node.start, end: node.end };
    if (node.type === "wildcard_import") return { ...place, name: "*" };
    if (node.type !== "aliased_import") return { ...place, name: dotted(lowering, node) };
    const [name = node, alias] = namedKids(node);
    return { ...place, name: dotted(lowering, name), ...(alias && { asname: identifier(lowering, alias) }) };
  });
}

function dotted(lowering: Lowering, node: SyntaxNode): string {
  return namedKids(node)
    .map((part) => identifier(lowering, part).name)
    .join(".");
}
