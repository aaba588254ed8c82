import type { Dataflow, Statement, StatementId } from "../dataflow/model.ts";

/** What a statement does to the notebook's names, as far as a plan needs to know. */
export interface Facts {
  readonly statement: Statement;
  readonly id: StatementId;
  /** In the order of the pipeline, from 0. */
  readonly position: number;
  /** Names whose value from before it needs. */
  readonly reads: ReadonlySet<string>;
  /** Names that it binds; `may` where a path leads around it. */
  readonly binds: ReadonlyMap<string, "must" | "may">;
  /** Names whose value it changes and that it names itself (or a function that it calls). */
  readonly changes: ReadonlySet<string>;
  /** Names that it does not name, whose value it changes because they share it with one that it names. */
  readonly changesToo: ReadonlySet<string>;
  readonly deletes: ReadonlySet<string>;
}

/** What each statement does to names, in the order of the dataflow. */
export function factsOf(dataflow: Dataflow): readonly Facts[] {
  return dataflow.statements.map((statement, position) => statementFacts(statement, position));
}

/** What a statement does, or a piece of one that has only some of its accesses. */
export function statementFacts(statement: Statement, position: number): Facts {
  const reads = new Set<string>();
  const binds = new Map<string, "must" | "may">();
  const changes = new Set<string>();
  const changesToo = new Set<string>();
  const changesThrough = new Set<string>();
  const deletes = new Set<string>();
  for (const { kind, place, certainty, alias, through } of statement.accesses) {
    const { name, path } = place;
    if (kind === "read") reads.add(name);
    else if (kind === "bind" && path.length === 0) {
      if (binds.get(name) !== "must") binds.set(name, certainty);
    } else if (kind === "delete" && path.length === 0) deletes.add(name);
    else if (alias !== undefined && alias !== name) changesToo.add(name);
    else if (through !== undefined) changesThrough.add(name);
    else changes.add(name);
  }
  // What a function changes is its own doing where it reads the name; otherwise it reached the value another way.
  for (const name of changesThrough) changesToo.add(name);
  for (const name of [...changesToo]) {
    if (!reads.has(name) && !changes.has(name)) continue;
    changesToo.delete(name);
    changes.add(name);
  }
  return { statement, id: statement.id, position, reads, binds, changes, changesToo, deletes };
}

/** Names whose value from before a statement needs to run: what it reads, and what it changes without binding it. */
export function needs(facts: Facts): ReadonlySet<string> {
  const needed = new Set(facts.reads);
  for (const name of facts.changes) if (!facts.binds.has(name)) needed.add(name);
  for (const name of facts.deletes) if (!facts.binds.has(name)) needed.add(name);
  return needed;
}

/** True where a statement reads a name whatever happens, outside of any `try`. */
export function readsSurely({ statement }: Facts, name: string): boolean {
  return (
    !statement.node.type.startsWith("Try") &&
    statement.accesses.some(
      ({ kind, place, certainty }) => kind === "read" && place.name === name && certainty === "must",
    )
  );
}

/** True where a name has another value after the statement, or may have. */
export function produces(facts: Facts, name: string): boolean {
  return facts.binds.has(name) || facts.changes.has(name) || facts.changesToo.has(name);
}
