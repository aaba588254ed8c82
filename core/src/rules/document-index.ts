import type { Dataflow, Edge, Statement, StatementId } from "../dataflow/model.ts";

/** What several rules look up in one dataflow; each part is made when it is first asked for. */
class DocumentIndex {
  readonly #dataflow: Dataflow;
  #positions: ReadonlyMap<StatementId, number> | undefined;
  #from: ReadonlyMap<StatementId, readonly Edge[]> | undefined;

  constructor(dataflow: Dataflow) {
    this.#dataflow = dataflow;
  }

  /** Its place among the statements; undefined for an id that is not there. */
  position(id: StatementId): number | undefined {
    this.#positions ??= new Map(this.#dataflow.statements.map((statement, position) => [statement.id, position]));
    return this.#positions.get(id);
  }

  statement(id: StatementId): Statement | undefined {
    const position = this.position(id);
    return position === undefined ? undefined : this.#dataflow.statements[position];
  }

  /** The statement that ran before another one. */
  before(id: StatementId): Statement | undefined {
    return this.#dataflow.statements[(this.position(id) ?? 0) - 1];
  }

  /** Whether a statement ran before another one. */
  isBefore(one: Statement, other: Statement): boolean {
    return (this.position(one.id) ?? 0) < (this.position(other.id) ?? 0);
  }

  /** The statements behind one and before another. */
  between(one: Statement, other: Statement): readonly Statement[] {
    return this.#dataflow.statements.slice((this.position(one.id) ?? 0) + 1, this.position(other.id));
  }

  /** The edges that begin at a statement. */
  edgesFrom(id: StatementId): readonly Edge[] {
    this.#from ??= Map.groupBy(this.#dataflow.edges, ({ from }) => from);
    return this.#from.get(id) ?? [];
  }
}

const indices = new WeakMap<Dataflow, DocumentIndex>();

/** The index of a dataflow. */
export function indexOf(dataflow: Dataflow): DocumentIndex {
  const index = indices.get(dataflow) ?? new DocumentIndex(dataflow);
  indices.set(dataflow, index);
  return index;
}
