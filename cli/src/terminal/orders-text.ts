import type { Order } from "@reprise/core";
import type { ScoredOrder } from "@reprise/core/node";
import { color } from "./color.ts";

/** Orders for people, the best first, each with what tells of it. */
export function ordersText(orders: readonly (Order | ScoredOrder)[]): string {
  return orders.map((order, at) => orderText(order, at === 0)).join("\n");
}

function orderText(order: Order | ScoredOrder, isBest: boolean): string {
  const { title, cells, runs = cells, leftOut, unbound, evidence } = order;
  // That a cell has a count says where it stands; what is told here is why it is moved or apart.
  const told = evidence.filter(({ message }) => !message.startsWith("ran as In ["));
  return [
    `${isBest ? color.green("*") : " "} ${color.bold(title)}: ${runs.join(" ")}`,
    ...("score" in order
      ? [
          `    run: ${order.score.reproduced} of ${order.score.comparable} saved outputs came again${order.score.failed > 0 ? `, ${cellCount(order.score.failed)} failed that had not` : ""}`,
        ]
      : []),
    ...(unbound.length > 0
      ? [`    unbound: ${unbound.map(({ cell, name }) => `${name} (cell ${cell})`).join(", ")}`]
      : []),
    ...(leftOut.length > 0 ? [color.dim(`    without cells ${leftOut.join(" ")}`)] : []),
    ...told.map(({ cell, message }) => color.dim(`    · ${cell === undefined ? "" : `cell ${cell}: `}${message}`)),
  ].join("\n");
}

function cellCount(count: number): string {
  return count === 1 ? "1 cell" : `${count} cells`;
}
