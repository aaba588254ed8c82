import type { Facts } from "../facts.ts";
import { leansInPlace } from "./leans-in-place.ts";
import { type Lean, phases } from "./phases.ts";
import { runsOf } from "./runs-of.ts";
import type { Segment } from "./segment.ts";

/** What another phase costs than the one that a statement speaks for, per unit of its weight; and what a cut costs. */
const costOfCut = 2.5;
const costOfCutBack = 5;

/** The cheapest cut into phases: few cuts, few statements in another phase than theirs (Viterbi's algorithm). */
export function cutAtRoles(whole: Segment): Segment[] {
  const { statements, leans, ...more } = whole;
  const costs: number[][] = [];
  const from: number[][] = [];
  for (const [at, lean] of leansInPlace(statements, leans).entries()) {
    const most = Math.max(0, ...phases.map((phase) => lean[phase] ?? 0));
    const own = phases.map((phase) => most - (lean[phase] ?? 0));
    const before = costs[at - 1];
    costs.push([]);
    from.push([]);
    for (const [phase, cost] of own.entries()) {
      const ways = phases.map((_, last) => {
        if (before === undefined) return last === phase ? 0 : Number.POSITIVE_INFINITY;
        const cut = last === phase ? 0 : last < phase ? costOfCut : costOfCutBack;
        return (before[last] as number) + cut;
      });
      const best = ways.indexOf(Math.min(...ways));
      costs[at]?.push((ways[best] as number) + cost);
      from[at]?.push(best);
    }
  }
  const chosen: number[] = [];
  let phase = costs.at(-1)?.indexOf(Math.min(...(costs.at(-1) ?? []))) ?? 0;
  for (let at = statements.length - 1; at >= 0; at--) {
    chosen[at] = phase;
    phase = from[at]?.[phase] ?? 0;
  }
  const runs = runsOf([...statements.keys()], (at) => chosen[at] as number);
  return runs.map((run) => ({
    statements: run.map((at) => statements[at] as Facts),
    leans: run.map((at) => leans[at] as Lean),
    ...(runs.length === 1 ? more : {}),
  }));
}
