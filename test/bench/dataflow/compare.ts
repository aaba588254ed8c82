import type { Dataflow, Edge } from "../../../core/src/dataflow/model.ts";
import type { TracedStatement } from "./traced.ts";

/** A dependence between two statements, by their positions. */
export interface Dependence {
  readonly from: number;
  readonly to: number;
  /** What carries it: `value x`, `change x`, `random numpy`, `file out/a.json`. */
  readonly by: string;
}

export interface Comparison {
  /** Dependences that running showed. */
  readonly real: readonly Dependence[];
  /** Those for which the analysis has no edge, nor a path of edges. */
  readonly missed: readonly Dependence[];
  /** Edges of the analysis. */
  readonly edges: readonly Edge[];
  /** Edges that running did not show: the statement read, or reached, nothing that the other made or changed. */
  readonly superfluous: readonly Edge[];
}

/** Holds the edges of the analysis against what running showed. */
export function compare(dataflow: Dataflow, traced: readonly TracedStatement[]): Comparison {
  const positions = new Map(dataflow.statements.map(({ id }, position) => [id, position]));
  const positionOf = (id: Edge["from"]) => positions.get(id) as number;
  const real = dependences(traced);
  const direct = new Set(dataflow.edges.map(({ from, to, name }) => `${positionOf(from)} ${positionOf(to)} ${name}`));
  const needs = closure(
    traced.length,
    dataflow.edges.map(({ from, to }) => [positionOf(from), positionOf(to)]),
  );
  const missed = real.filter(({ from, to, by }) => {
    const [kind, name] = by.split(" ", 2) as [string, string];
    const isDirect = direct.has(`${from} ${to} ${name}`) || direct.has(`${from} ${to} *`);
    return kind === "value" ? !isDirect && !needs[to]?.has(from) : !needs[to]?.has(from);
  });
  const shown = new Set(real.map(({ from, to }) => `${from} ${to}`));
  const superfluous = dataflow.edges.filter(({ from, to }) => !shown.has(`${positionOf(from)} ${positionOf(to)}`));
  return { real, missed, edges: dataflow.edges, superfluous };
}

function dependences(traced: readonly TracedStatement[]): readonly Dependence[] {
  return traced.flatMap(({ reads, reaches, streams, files, states }, to) => [
    ...reads.map(([name, from]) => ({ from, to, by: `value ${name}` })),
    ...reaches.map(([name, from]) => ({ from, to, by: `change ${name}` })),
    ...streams.map(([name, from]) => ({ from, to, by: `random ${name}` })),
    ...files.map(([name, from]) => ({ from, to, by: `file ${name}` })),
    ...states.map(([name, from]) => ({ from, to, by: `state ${name}` })),
  ]);
}

/** For each position, all that lead to it. Edges go forward. */
function closure(count: number, edges: readonly (readonly [number, number])[]): readonly ReadonlySet<number>[] {
  const before = Array.from({ length: count }, (): number[] => []);
  for (const [from, to] of edges) before[to]?.push(from);
  const found: Set<number>[] = [];
  for (const sources of before) {
    const all = new Set<number>();
    for (const source of sources) {
      all.add(source);
      for (const one of found[source] ?? []) all.add(one);
    }
    found.push(all);
  }
  return found;
}
