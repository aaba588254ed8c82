import type { Dataflow, FileAccess } from "../../dataflow/model.ts";

/** What opens a file of tables, and makes an empty one where there is none. */
const opens = /^(?:sqlite3\.(?:connect|Connection)|duckdb\.connect)$/;
/** What puts a table in it, as code or in a text. */
const fills = /\.to_sql\(|\bcreate\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?table\b|\binsert\s+into\b/i;

/** True for a file that is opened as a database. */
export function isDatabase({ statements }: Dataflow, file: FileAccess): boolean {
  const statement = statements.find(({ id }) => id === file.statement);
  return statement?.calls.some(({ callee }) => opens.test(callee ?? "")) === true;
}

/** True for a name that is no file: a database that lives in the memory of the process. */
export function isInMemory(path: string): boolean {
  return /^(?:file:)?:memory:|[?&]mode=memory/.test(path);
}

/** Whether the notebook makes tables itself: what it opens may be there only once it has run. */
export function fillsDatabases({ cells }: Dataflow): boolean {
  return cells.some(({ cell }) => fills.test(cell.source));
}
