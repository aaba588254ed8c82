import type { Dataflow } from "../dataflow/model.ts";
import type { CodeCell } from "../notebook/model.ts";
import type { EarlierRun } from "./earlier-runs.ts";
import type { OrderEvidence } from "./order.ts";
import { bindersOf, unboundNames } from "./unbound-names.ts";

export interface RepairedOrder {
  readonly cells: readonly number[];
  readonly evidence: readonly OrderEvidence[];
}

/** A cell is moved so often at most: two that need one another would change places for ever. */
const mostMoves = 3;

/** So many analyses at most for one order. */
const mostRounds = 12;

/**
 * An order in which cells are moved before those that need what they define, and that the record says came after them.
 * `analyse` gives the dataflow of an order; `document` is that of all code cells. Absent where nothing has to move, or
 * where moving does not bind more names.
 */
export function repairOrder(
  base: readonly number[],
  document: Dataflow,
  earlier: readonly EarlierRun[],
  analyse: (order: readonly number[]) => Dataflow,
): RepairedOrder | undefined {
  const binders = bindersOf(document);
  const code = new Map(document.cells.map(({ cell }) => [cell.index, cell]));
  const moved = new Map<number, number>();
  const evidence: OrderEvidence[] = [];
  let cells = base;
  let unbound = unboundNames(analyse(base));
  const before = unbound.length;
  for (const { before: first, after, message } of earlier) {
    const order = movedBefore(cells, first, after);
    if (order === undefined) continue;
    cells = order;
    evidence.push({ cell: first, message });
  }
  for (let round = 0; round < mostRounds; round++) {
    if (round > 0 || evidence.length > 0) unbound = unboundNames(analyse(cells));
    let hasMoved = false;
    for (const { cell, name } of unbound) {
      const binder = binderFor(binders.get(name) ?? [], cell, cells, code);
      if (binder === undefined || (moved.get(binder) ?? 0) >= mostMoves) continue;
      const order = movedBefore(cells, binder, cell);
      if (order === undefined) continue;
      cells = order;
      moved.set(binder, (moved.get(binder) ?? 0) + 1);
      evidence.push({ cell: binder, message: `defines \`${name}\`, which cell ${cell} needs before it runs` });
      hasMoved = true;
    }
    if (!hasMoved) break;
  }
  const isBetter = unbound.length < before || (unbound.length === before && evidence.length > 0 && before === 0);
  return isBetter && evidence.length > 0 ? { cells, evidence } : undefined;
}

/** Of the cells that bind a name, the one that ran last before its user; else the nearest one behind it. */
function binderFor(
  binders: readonly number[],
  user: number,
  order: readonly number[],
  cells: ReadonlyMap<number, CodeCell>,
): number | undefined {
  const countOf = (index: number): number | null => cells.get(index)?.executionCount ?? null;
  const others = binders.filter((index) => index !== user);
  const count = countOf(user);
  const ran = others
    .filter((index) => {
      const own = countOf(index);
      return own !== null && count !== null && own < count;
    })
    .sort((one, other) => (countOf(other) as number) - (countOf(one) as number));
  if (ran[0] !== undefined) return ran[0];
  const at = order.indexOf(user);
  return others
    .map((index) => ({ index, distance: order.includes(index) ? order.indexOf(index) - at : order.length + index }))
    .filter(({ distance }) => distance > 0)
    .sort((one, other) => one.distance - other.distance)[0]?.index;
}

/** With `cell` right before `user`; absent where it stands before it already, or `user` is not in the order. */
function movedBefore(order: readonly number[], cell: number, user: number): readonly number[] | undefined {
  const to = order.indexOf(user);
  const from = order.indexOf(cell);
  if (to < 0 || (from >= 0 && from < to)) return undefined;
  const without = order.filter((index) => index !== cell);
  without.splice(without.indexOf(user), 0, cell);
  return without;
}
