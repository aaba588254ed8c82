import type { DatabaseUse } from "../../effects/effect.ts";
import { databaseFile } from "../../text/database-place.ts";
import type { Span } from "../../text/position.ts";
import { isReadingQuery } from "../../text/sql-query.ts";
import type { Interpreter } from "../interpreter.ts";
import type { AbstractObject } from "../objects/objects.ts";
import { constantOf, type Value } from "../objects/value.ts";
import { noteFile } from "./files.ts";
import { fromTheStart } from "./process-state.ts";

/** So far is looked for the connection behind a cursor, a session or a result. */
const mostBehind = 50;

/**
 * Notes what a call does to the file behind a connection: another connection to the same file, opened by another
 * statement or in another stage, finds what this one changed. What lives in memory is the connection's own.
 */
export function noteDatabase(run: Interpreter, connections: Value, use: DatabaseUse["use"], span: Span): void {
  for (const file of filesBehind(run, connections)) {
    // What nobody changed is not changed by closing it: a database that is only read stays the notebook's input.
    if (use === "end" && (file === undefined || !run.fileUses.isWritten(fromTheStart(run, file) ?? file))) continue;
    noteFile(run, use === "read" ? "read" : "append", file, span);
  }
}

/** Whether a value is a text in SQL that is known, and only asks. */
export function isReading(query: Value): boolean {
  const text = constantOf(query);
  return typeof text === "string" && isReadingQuery(text);
}

/** The files of the databases that values are connected to; `undefined` stands for one that is not known. */
function filesBehind(run: Interpreter, connections: Value): Set<string | undefined> {
  const files = new Set<string | undefined>();
  const found = new Set(connections);
  for (const object of found) {
    if (isDatabase(run, object) || object.type === "builtins.str") {
      const file = fileOf(object);
      if (file !== null) files.add(file);
    } else if (found.size < mostBehind) {
      for (const behind of [...object.memory.keys(), ...object.held()]) found.add(behind);
    }
  }
  return files;
}

/** `null` for a database that is in no file. */
function fileOf({ constant }: AbstractObject): string | undefined | null {
  if (typeof constant !== "string") return undefined;
  return databaseFile(constant) ?? null;
}

function isDatabase(run: Interpreter, { type }: AbstractObject): boolean {
  return type !== undefined && run.catalog.lineage(type).includes("builtins.database");
}
