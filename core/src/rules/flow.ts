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
