import type { Edge, StatementId } from "../dataflow/model.ts";

const carriesNoRows: ReadonlySet<Edge["kind"]> = new Set(["random", "free-variable", "state"]);

/** Statements that values reach from a statement, or that a statement's values come from. */
export class Flow {
  readonly #next = new Map<StatementId, StatementId[]>();

  constructor(edges: readonly Edge[], from: "from" | "to") {
    for (const edge of edges) {
      if (carriesNoRows.has(edge.kind) || edge.certainty === "may") continue;
      const start = edge[from];
      const end = from === "from" ? edge.to : edge.from;
      const all = this.#next.get(start);
      if (all === undefined) this.#next.set(start, [end]);
      else all.push(end);
    }
  }

  /** For every statement that values of some of the others reach, the first of these. At the cost of one walk. */
  firstReaching(starts: Iterable<StatementId>): ReadonlyMap<StatementId, StatementId> {
    const first = new Map<StatementId, StatementId>();
    for (const start of starts) {
      const waiting = [start];
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        for (const next of this.#next.get(id) ?? []) {
          if (first.has(next)) continue;
          first.set(next, start);
          waiting.push(next);
        }
      }
    }
    return first;
  }

  reached(start: StatementId): ReadonlySet<StatementId> {
    const reached = new Set<StatementId>();
    const waiting = [start];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const next of this.#next.get(id) ?? []) {
        if (reached.has(next)) continue;
        reached.add(next);
        waiting.push(next);
      }
    }
    return reached;
  }
}
