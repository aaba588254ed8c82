import type { AnalysedCell, Dataflow } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { perStatement, perText } from "../remembered.ts";
import { type Removal, removedApi, removedEnds, removedFromCall } from "./removal.ts";

/** A place in a notebook where something is used that its library no longer has. */
export interface RemovalUse {
  readonly removal: Removal;
  readonly cell: AnalysedCell;
  readonly node: ast.Stmt | ast.Expr;
}

/**
 * Every use of what is gone, in the order of the cells; one thing may be used many times. What stands in a `try` with a
 * handler is none: the notebook can do without it.
 */
export function* removalsUsed(document: Pick<Dataflow, "cells" | "statements">): Generator<RemovalUse> {
  const names = importedNames(document);
  for (const cell of document.cells) {
    const tried = triedIn(cell);
    for (const use of usesIn(cell, names)) if (!tried.has(use.node)) yield { ...use, cell };
  }
}

const triedIn = perText(
  (cell): ReadonlySet<unknown> =>
    new Set(
      [...walk(cell.module)].flatMap(({ node }) =>
        node.type === "Try" && node.handlers.length > 0 ? [...walk(node)].map((inner) => inner.node) : [],
      ),
    ),
);

/** What the names of imports stand for: `np` for `numpy`. */
function importedNames({ statements }: Pick<Dataflow, "statements">): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { node } of statements) {
    if (node.type === "Import") {
      for (const { name, asname } of node.names) {
        const top = name.split(".", 1)[0] as string;
        if (asname === undefined) names.set(top, top);
        else names.set(asname.name, name);
      }
    }
  }
  return names;
}

const candidatesIn = perText((cell) =>
  [...walk(cell.module)].flatMap(({ node }) =>
    node.type === "Import" ||
    node.type === "ImportFrom" ||
    (node.type === "Attribute" && removedEnds.has(node.attr.name))
      ? [node]
      : [],
  ),
);

const usesInCalls = perStatement(({ calls }): readonly Omit<RemovalUse, "cell">[] =>
  calls.flatMap(({ callee, node }) =>
    [removedApi(callee) ?? [], removedFromCall(callee, node)].flat().map((removal) => ({ removal, node })),
  ),
);

function* usesIn(cell: AnalysedCell, names: ReadonlyMap<string, string>): Generator<Omit<RemovalUse, "cell">> {
  for (const statement of cell.statements) yield* usesInCalls(statement);
  for (const node of candidatesIn(cell)) {
    const removals =
      node.type === "Attribute"
        ? [removedApi(dotted(node, names))]
        : importsOf(node).map((each) => removedImport(each));
    for (const removal of removals) if (removal !== undefined) yield { removal, node };
  }
}

/** The qualified names that an import asks for. */
function importsOf(node: ast.Import | ast.ImportFrom): readonly string[] {
  if (node.type === "Import") return node.names.map(({ name }) => name);
  if (node.level > 0) return [];
  return node.names.map(({ name }) => `${node.module ?? ""}.${name}`);
}

/** What an import asks for, or a module on the way to it, if it is gone. */
function removedImport(name: string): Removal | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
    const removal = removedApi(name.slice(0, end));
    if (removal !== undefined) return removal;
  }
  return undefined;
}

/** `numpy.float` for `np.float`; at most four names, no table row has more. */
function dotted(node: ast.Attribute, names: ReadonlyMap<string, string>): string | undefined {
  const parts: string[] = [];
  let at: ast.Expr = node;
  for (let depth = 0; at.type === "Attribute" && depth < 4; depth++) {
    parts.unshift(at.attr.name);
    at = at.value;
  }
  const root = at.type === "Name" ? names.get(at.id) : undefined;
  return root === undefined ? undefined : [root, ...parts].join(".");
}
