import type { AnalysedCell, Statement } from "../dataflow/model.ts";

/**
 * Remembers what `find` says of a cell, as long as it has the same text: for what its text alone decides. An editor asks
 * for the findings after every edit, and most cells are as they were.
 */
export function perText<T>(find: (cell: AnalysedCell) => T): (cell: AnalysedCell) => T {
  const known = new WeakMap<AnalysedCell["module"], { readonly index: number; readonly found: T }>();
  return (cell) => {
    const before = known.get(cell.module);
    if (before?.index === cell.cell.index) return before.found;
    const found = find(cell);
    known.set(cell.module, { index: cell.cell.index, found });
    return found;
  };
}

/** Remembers what `find` says of a cell whose statements are the same ones: for what they and its text alone decide. */
export function perStatements<T>(find: (cell: AnalysedCell) => T): (cell: AnalysedCell) => T {
  const known = new WeakMap<AnalysedCell["module"], { readonly statements: readonly Statement[]; readonly found: T }>();
  return (cell) => {
    const { statements } = cell;
    const before = known.get(cell.module);
    const isSame =
      before !== undefined &&
      before.statements.length === statements.length &&
      statements.every((statement, at) => statement === before.statements[at]);
    if (isSame) return before.found;
    const found = find(cell);
    known.set(cell.module, { statements, found });
    return found;
  };
}

/** Remembers what `find` says of a statement: for what it does itself. */
export function perStatement<T>(find: (statement: Statement) => T): (statement: Statement) => T {
  const known = new WeakMap<Statement, { readonly found: T }>();
  return (statement) => {
    const before = known.get(statement);
    if (before !== undefined) return before.found;
    const found = find(statement);
    known.set(statement, { found });
    return found;
  };
}
