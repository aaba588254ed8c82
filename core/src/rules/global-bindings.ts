import type { Statement } from "../dataflow/model.ts";
import { inStatements } from "./clue.ts";

/** Every global name that a statement binds or deletes itself. */
export const globalBindings = inStatements((statement: Statement) =>
  statement.accesses.flatMap(({ kind, place: { name, path } }) =>
    (kind === "bind" || kind === "delete") && path.length === 0 ? [{ name, kind, statement }] : [],
  ),
);

/** The global names that a statement binds itself. */
export function boundNames({ accesses }: Statement): readonly string[] {
  return accesses.flatMap(({ kind, place: { name, path } }) => (kind === "bind" && path.length === 0 ? [name] : []));
}
