import type { Dataflow } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { type CellCode, type CellText, inCode, inStatements } from "../clue.ts";
import { type Removal, removedApi, removedEnds, removedFromCall } from "./removal.ts";

/** A place in a notebook where something is used that its library no longer has. */
export interface RemovalUse {
  readonly removal: Removal;
  readonly cell: CellText;
  readonly node: ast.Stmt | ast.Expr;
}

/**
 * Every use of what is gone, in the order of the cells; one thing may be used many times. What stands in a `try` with a
 * handler is none: the notebook can do without it.
 */
export function* removalsUsed(document: Pick<Dataflow, "cells">): Generator<RemovalUse> {
  const names = new Map(importedNames(document));
  for (const use of uses(document)) {
    const { cell, node } = use;
    const found = "removal" in use ? use.removal : removedBelow(names.get(use.root), use.rest);
    if (found !== undefined) yield { cell, node, removal: found };
  }
}

function removedBelow(library: string | undefined, rest: string): Removal | undefined {
  return library === undefined ? undefined : removedApi(`${library}.${rest}`);
}

/** What the names of imports stand for: `np` for `numpy`. */
const importedNames = inStatements(({ node }) =>
  node.type === "Import"
    ? node.names.map(({ name, asname }) => {
        const top = name.split(".", 1)[0] as string;
        return [asname?.name ?? top, asname === undefined ? top : name] as const;
      })
    : [],
);

/** A use, or an attribute, which is one if the name at its root stands for a library that lost it. */
type PossibleUse = Pick<RemovalUse, "cell" | "node"> & ({ readonly removal: Removal } | Dotted);

/** `np.random.seed`: the name that it begins with, and what is taken of that. */
interface Dotted {
  readonly root: string;
  readonly rest: string;
}

const uses = inCode(function* (cell): Generator<PossibleUse> {
  const tried = triedIn(cell);
  for (const use of usesIn(cell)) if (!tried.has(use.node)) yield { ...use, cell };
});

function triedIn({ module }: CellText): ReadonlySet<unknown> {
  const tries = walk(module).filter(({ node }) => node.type === "Try" && node.handlers.length > 0);
  return new Set(tries.flatMap((step) => walk(step.node).map(({ node }) => node)));
}

type UseInCell = Pick<RemovalUse, "node"> & ({ readonly removal: Removal } | Dotted);

function* usesIn({ module, statements }: CellCode): Generator<UseInCell> {
  for (const { callee, node } of statements.flatMap(({ calls }) => calls)) {
    for (const removal of [removedApi(callee) ?? [], removedFromCall(callee, node)].flat()) yield { removal, node };
  }
  for (const { node } of walk(module)) {
    const attribute = node.type === "Attribute" && removedEnds.has(node.attr.name) ? dotted(node) : undefined;
    if (attribute !== undefined) yield { node: node as ast.Attribute, ...attribute };
    if (node.type !== "Import" && node.type !== "ImportFrom") continue;
    for (const removal of importsOf(node).map(removedImport)) if (removal !== undefined) yield { removal, node };
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

/** Undefined where it is no attribute of a name; at most four names, no table row has more. */
function dotted(node: ast.Attribute): Dotted | undefined {
  const parts: string[] = [];
  let at: ast.Expr = node;
  for (let depth = 0; at.type === "Attribute" && depth < 4; depth++) {
    parts.unshift(at.attr.name);
    at = at.value;
  }
  return at.type === "Name" ? { root: at.id, rest: parts.join(".") } : undefined;
}
