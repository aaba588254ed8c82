import type { Dataflow, Statement, StatementId } from "../dataflow/model.ts";
import { indexOf } from "./document-index.ts";

/** Which statements made what a name holds when a cell begins, in one order. */
export class Reaching {
  readonly #dataflow: Dataflow;
  readonly #before = new Map<number, StatementId | undefined>();

  constructor(dataflow: Dataflow) {
    this.#dataflow = dataflow;
    let previous: StatementId | undefined;
    for (const { id, cell } of dataflow.statements) {
      if (!this.#before.has(cell)) this.#before.set(cell, previous);
      previous = id;
    }
  }

  has(cell: number): boolean {
    return this.#before.has(cell);
  }

  /** Those that do it on every path; absent where nothing has bound the name. */
  definitions(cell: number, name: string): readonly Statement[] | undefined {
    return this.possible(cell, name)?.filter(({ accesses }) =>
      accesses.some(({ kind, place, certainty }) => kind !== "read" && place.name === name && certainty === "must"),
    );
  }

  /** Those too that may have done it: by calls of which nothing is known. Absent where nothing has bound the name. */
  possible(cell: number, name: string): readonly Statement[] | undefined {
    const before = this.#before.get(cell);
    if (before === undefined) return undefined;
    const index = indexOf(this.#dataflow);
    return this.#dataflow.valueAfter(before, name)?.definedBy.map((id) => index.statement(id) as Statement);
  }
}
