import type { Edge, StatementId } from "../dataflow/model.ts";

const carriesNoRows: ReadonlySet<Edge["kind"]> = new Set(["random", "free-variable", "state"]);

/** For every statement that values of some of the others reach, the first of these. */
export function firstSources(edges: readonly Edge[], starts: readonly StatementId[]): Nearest {
  // Edges stand in the order of the statements that they lead to, each from an earlier one: one pass finds all.
  return nearest(
    edges,
    starts,
    ({ from }) => from,
    ({ to }) => to,
  );
}

/** For every statement whose values reach some of the others, the first of these. */
export function firstTargets(edges: readonly Edge[], starts: readonly StatementId[]): Nearest {
  return nearest(
    edges.toReversed(),
    starts,
    ({ to }) => to,
    ({ from }) => from,
  );
}

type Nearest = ReadonlyMap<StatementId, StatementId>;

function nearest(
  edges: readonly Edge[],
  starts: readonly StatementId[],
  near: (edge: Edge) => StatementId,
  far: (edge: Edge) => StatementId,
): Nearest {
  /** The least of what starts and of what is found so far. */
  const ranks = new Map(starts.map((id, rank) => [id, rank]));
  const found = new Map<StatementId, number>();
  for (const edge of edges) {
    const rank = ranks.get(near(edge));
    if (rank === undefined || edge.certainty === "may" || carriesNoRows.has(edge.kind)) continue;
    const id = far(edge);
    if (rank < (found.get(id) ?? Number.POSITIVE_INFINITY)) found.set(id, rank);
    if (rank < (ranks.get(id) ?? Number.POSITIVE_INFINITY)) ranks.set(id, rank);
  }
  return new Map([...found].map(([id, rank]) => [id, starts[rank] as StatementId]));
}
