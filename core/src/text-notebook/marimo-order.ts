import type { Module, PythonParser } from "../python/ast.ts";
import { scopesBelow, scopesOf } from "../python/scopes.ts";
import type { DraftCell } from "./draft.ts";
import { unreadable } from "./unreadable.ts";

/** What a cell gives to others and takes from them. */
interface Names {
  readonly defined: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
  /** Names of its own (`_x`), and those of them that its functions read. */
  readonly own: ReadonlySet<string>;
  readonly captured: ReadonlySet<string>;
}

/**
 * The cells in the order in which marimo runs them: each behind those that define what it uses, and otherwise as they
 * stand. Throws ProblemError RP107 for what marimo does not run (a name of two cells, a circle), and for what would
 * mean something else in one namespace.
 */
export function inRunOrder(cells: readonly DraftCell[], path: string, parser: PythonParser): readonly DraftCell[] {
  const names = cells.map((cell) => (cell.kind === "code" ? namesOf(parser.parse(sourceOf(cell))) : noNames));
  const home = homes(cells, names, path);
  checkOwnNames(cells, names, path);
  const needs = names.map(
    ({ used }, at) => new Set([...used].flatMap((name) => home.get(name) ?? []).filter((other) => other !== at)),
  );
  const users = cells.map((): number[] => []);
  for (const [at, needed] of needs.entries()) for (const other of needed) users[other]?.push(at);
  const open = needs.map(({ size }) => size);
  const ready = [...cells.keys()].filter((at) => open[at] === 0);
  const order: number[] = [];
  for (let at = takeFirst(ready); at !== undefined; at = takeFirst(ready)) {
    order.push(at);
    for (const user of users[at] ?? []) {
      const left = (open[user] ?? 0) - 1;
      open[user] = left;
      if (left === 0) insert(ready, user);
    }
  }
  const stuck = cells.find((_cell, at) => (open[at] ?? 0) > 0);
  if (stuck === undefined) return order.map((at) => cells[at] as DraftCell);
  throw unreadable(
    path,
    lineOf(stuck),
    "This cell and others need one another in a circle, so that marimo runs none of them.",
    "Move what they share into a cell of its own.",
  );
}

const noNames: Names = { defined: new Set(), used: new Set(), own: new Set(), captured: new Set() };

function namesOf(module: Module): Names {
  const top = scopesOf(module);
  const defined = new Set<string>();
  const used = new Set<string>();
  const own = new Set<string>();
  const captured = new Set<string>();
  for (const [name, { isAssigned, isImported }] of top.names) {
    if (isAssigned || isImported) (isOwn(name) ? own : defined).add(name);
  }
  for (const scope of [top, ...scopesBelow(top)]) {
    for (const [name, { home, isReferenced, declaredGlobal, isAssigned }] of scope.names) {
      if (scope !== top && home !== "global") continue;
      if (declaredGlobal && isAssigned) defined.add(name);
      if (scope !== top && scope.kind !== "comprehension" && own.has(name)) captured.add(name);
      if (isReferenced && !top.names.get(name)?.isAssigned && !top.names.get(name)?.isImported) used.add(name);
    }
  }
  return { defined, used, own, captured };
}

/** Names that belong to one cell alone. */
const isOwn = (name: string): boolean => name.startsWith("_") && !name.startsWith("__");

function homes(cells: readonly DraftCell[], names: readonly Names[], path: string): ReadonlyMap<string, number> {
  const home = new Map<string, number>();
  for (const [at, { defined }] of names.entries()) {
    for (const name of defined) {
      if (home.has(name)) {
        throw unreadable(
          path,
          lineOf(cells[at]),
          `\`${name}\` is defined in two cells, and marimo runs neither.`,
          `Give it another name in one of them, or one that begins with an underscore.`,
        );
      }
      home.set(name, at);
    }
  }
  return home;
}

/** In one namespace a function would find the other cell's value. */
function checkOwnNames(cells: readonly DraftCell[], names: readonly Names[], path: string): void {
  const cellsOf = new Map<string, number>();
  for (const { own } of names) for (const name of own) cellsOf.set(name, (cellsOf.get(name) ?? 0) + 1);
  for (const [at, { captured }] of names.entries()) {
    for (const name of captured) {
      if ((cellsOf.get(name) ?? 0) < 2) continue;
      throw unreadable(
        path,
        lineOf(cells[at]),
        `A function of this cell reads \`${name}\`, and another cell has a \`${name}\` of its own: in a notebook of one namespace both would be the same.`,
        `Give it another name in one of the cells.`,
      );
    }
  }
}

function sourceOf(cell: DraftCell): string {
  return cell.lines.map(({ text }) => text).join("\n");
}

function lineOf(cell: DraftCell | undefined): number {
  return cell?.lines[0]?.line ?? 1;
}

function takeFirst(ready: number[]): number | undefined {
  return ready.shift();
}

/** Keeps the list sorted. */
function insert(ready: number[], at: number): void {
  let low = 0;
  let high = ready.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ready[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  ready.splice(low, 0, at);
}
