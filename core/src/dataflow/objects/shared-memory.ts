import { push } from "../incremental/journal.ts";
import type { Interpreter } from "../interpreter.ts";
import type { PathStep } from "../model.ts";
import { type Region, rootOf } from "./memory-region.ts";
import { type AbstractObject, isDrawn } from "./objects.ts";

/** Objects that are written to, and where only one column of one is, which. */
export type Written = Map<AbstractObject, string | undefined>;

/**
 * Adds what shares memory with what is written to: not the other columns of a table of which one is written to. Answers
 * false where that is more than `most` objects; then some of them are missing.
 */
export function addSharers(written: Written, most: number): boolean {
  for (const [object, column] of written) {
    for (const other of object.memory.keys()) {
      if (column !== undefined && isOtherColumn(other, object, column)) continue;
      const next = columnIn(other, object, column);
      if (written.has(other)) {
        const known = written.get(other);
        if (known === undefined || known === next) continue;
        // Gone through once more, as a whole: an entry that is set anew comes last.
        written.delete(other);
        written.set(other, undefined);
        continue;
      }
      if (written.size >= most) return false;
      written.set(other, next);
    }
  }
  return true;
}

/** Notes that memory is written to through something else that shares it. */
export function writeShared(run: Interpreter, object: AbstractObject, column: string | undefined, name: string): void {
  if (column === undefined) object.set("renamed", run.now);
  const last = object.writeAt(run.now);
  // Who draws on a figure comes after who drew before by the state that they share.
  if (name !== "" || !isDrawn(object)) after(run, last, name);
}

/** Notes that memory is written to, for everything that shares it at once. */
export function writeRegion(run: Interpreter, region: Region, name: string): void {
  run.heap.regionWritten = run.now;
  const root = rootOf(region);
  const last = root.changes.at(-1) ?? -1;
  if (last !== run.now) push(run.journal, root.owner, root.changes, run.now);
  after(run, last, name);
}

/** The one column that a step leads to, where it is known. */
export function columnOf(step: PathStep | undefined): string | undefined {
  return step?.kind === "column" && step.name !== "*" ? step.name : undefined;
}

/** A write comes after what was written before. */
function after(run: Interpreter, last: number, name: string): void {
  if (last !== -1 && last !== run.now) run.recorder.edge(last, run.now, "alias", name, run.must);
}

/** Which one column of `other` is written to when `object` is, or one column of it. */
function columnIn(other: AbstractObject, object: AbstractObject, column: string | undefined): string | undefined {
  if (object.column?.of === other && isStillNamed(object)) return object.column.name;
  return object.type === indexer || other.type === indexer ? column : undefined;
}

const indexer = "pandas.Indexer";

function isOtherColumn(view: AbstractObject, table: AbstractObject, column: string): boolean {
  return view.column?.of === table && view.column.name !== column && isStillNamed(view);
}

/** Nothing may have renamed the columns since the view was taken. */
function isStillNamed({ column }: AbstractObject): boolean {
  return column !== undefined && column.of.renamed < column.since;
}
