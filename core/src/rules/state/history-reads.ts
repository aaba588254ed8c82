import { globalNames } from "../../python/scopes.ts";
import { type TypedNode, walk } from "../../python/walk.ts";
import type { CellCode, CellText } from "../clue.ts";

/** A place that reads what IPython remembers of earlier cells. */
export interface HistoryRead {
  /** `Out[3]` whole, or the name. */
  readonly node: TypedNode;
  /** `Out`, `_3`, `_`. */
  readonly name: string;
}

/** Whether a cell's text may read something of the history: quick. */
export function mentionsHistory({ translation }: CellText): boolean {
  return /\bOut\b|\b_oh\b|\b_\d|\b_{1,3}\b/.test(translation.python);
}

/** `Out[3]`, `_3`, and `_` where nothing in the notebook binds it (`bound`) to a value that nobody wants. */
export function* historyReads(cell: CellCode, bound: ReadonlySet<string>): Generator<HistoryRead> {
  const last = lastResultsRead(cell, bound);
  for (const { node } of walk(cell.module)) {
    const name = node.type === "Subscript" ? node.value : node;
    const isHistory =
      name.type === "Name" &&
      ((node.type === "Subscript" ? /^(?:Out|_oh)$/ : /^_\d+$/).test(name.id) || last.has(node)) &&
      !bound.has(name.id);
    if (isHistory) yield { node, name: name.id };
  }
}

/** Where a cell's own lines, or functions in it by a global name, read one of IPython's newest results. */
function lastResultsRead({ statements }: CellCode, bound: ReadonlySet<string>): ReadonlySet<TypedNode> {
  const found = new Set<TypedNode>();
  for (const { node: statement } of statements) {
    for (const name of ["_", "__", "___"]) {
      if (bound.has(name) || !globalNames(statement).has(name)) continue;
      const read = walk(statement).find(({ node }) => node.type === "Name" && node.id === name)?.node;
      if (read !== undefined) found.add(read);
    }
  }
  return found;
}
