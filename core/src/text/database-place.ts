/** Databases that live in the memory of one process. */
const inMemory = /:memory:|mode=memory|^sqlite(?:\+\w+)?:\/\/\/?$|^$/;

/** Whether a path or an address names a database in the memory of the process that opens it. */
export function isInMemory(database: string): boolean {
  return inMemory.test(database);
}

/**
 * The file of an SQLite database, by its path or by its address (`sqlite:///shop.db`, `file:shop.db?mode=ro`).
 * `undefined` for one in memory, and for one that a server keeps.
 */
export function databaseFile(database: string): string | undefined {
  if (isInMemory(database)) return undefined;
  const [, address] = /^(?:sqlite(?:\+\w+)?:\/\/\/|file:)([^?]*)/.exec(database) ?? [];
  if (address !== undefined) return address;
  return /^[\w+]+:\/\//.test(database) ? undefined : database;
}
