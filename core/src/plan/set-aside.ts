import type { AnalysedCell, StatementId } from "../dataflow/model.ts";
import { cellOf } from "../dataflow/statement-id.ts";
import { assignsParameters, mayRaiseTag, notRunTag } from "../notebook/cell-tags.ts";
import { errorOf } from "../rules/record.ts";
import { cellList } from "../text/cell-list.ts";
import { type Bench, bindersOf, open } from "./bench.ts";
import { brokenOff, failingOnPurpose, neededOf, perhapsLost } from "./broken-off.ts";
import { needs } from "./facts.ts";
import { hiddenBindings } from "./hidden-bindings.ts";
import { skipTag } from "./options.ts";
import { overtakenDefaults } from "./parameters/parameters-cells.ts";

/** Why a cell that has no count among others that have one is no part of the pipeline. */
export const neverRan = "it never ran in the saved notebook, although most others did";

/** Why the rest of a cell that did not run to its end is left out. */
const stopped = {
  error: "its saved output is an error: it did not get further",
  expected: "the notebook expects an error here: it did not get further",
  person: "",
};

/** Why the first part of such a cell stays. */
const stays = {
  error: "stays up to where it failed in the saved notebook: later cells need what it did until then.",
  person:
    "stays, although it was interrupted in the saved notebook: later cells need what it does. It runs to its end.",
};

/** What is told of a cell that the notebook's author wants to fail, where nothing tells at which statement it does. */
const mayFail =
  "is tagged raises-exception, and no error of it is saved: where it fails, nothing tells. The notebook would go on behind it, " +
  "the pipeline stops there. Run the notebook and save it, put the part that fails into a try, or tag the cell reprise:skip.";

const halfDone = " What the statement that failed had done by then is not in the pipeline.";

/**
 * Leaves out, visibly, what is no part of what the notebook computes: cells with a tag that says so, what a person's plan leaves
 * out, cells that never ran although most others did, cells that ended in an error. What these did before that, and others
 * need, stays. Returns the reasons.
 */
export function setAside(bench: Bench): Map<StatementId, string> {
  const reasons = new Map<StatementId, string>();
  const drop = (id: StatementId, why: string) => {
    reasons.set(id, why);
    bench.homes.set(id, "left-out");
  };
  for (const { cell, statements } of bench.dataflow.cells) {
    const tag = cell.tags.find((each) => each === skipTag || each === notRunTag);
    if (tag !== undefined) for (const { id } of statements) drop(id, `the cell is tagged ${tag}`);
  }
  for (const { id } of overtakenDefaults(bench)) drop(id, "the run that wrote this notebook was given another value");
  for (const [id, why] of bench.wish?.leftOut ?? []) if (bench.factsById.has(id)) drop(id, why);
  const wished = new Set(bench.wish?.stages.flatMap(({ statements }) => statements));
  const doubtful = doubtfulCells(bench);
  for (const { cell, statements } of bench.dataflow.cells)
    if (statements.some(({ id }) => wished.has(id))) doubtful.delete(cell.index);
  const failed = bench.dataflow.cells.filter(({ cell }) => doubtful.has(cell.index) && errorOf(cell) !== undefined);
  const unsaved = bench.dataflow.cells.filter(
    ({ cell, statements }) =>
      cell.tags.includes(mayRaiseTag) &&
      errorOf(cell) === undefined &&
      !doubtful.has(cell.index) &&
      !statements.every(({ id }) => reasons.has(id)),
  );
  const onPurpose = failingOnPurpose(unsaved);
  const asNobodyWished = [...onPurpose].filter(([, { notReached }]) => !notReached.some(({ id }) => wished.has(id)));
  const broken = new Map([...brokenOff(failed), ...asNobodyWished]);
  for (const { cell } of unsaved) {
    if (cell.executionCount === null && !onPurpose.has(cell.index)) bench.notes.push(`Cell ${cell.index} ${mayFail}`);
  }
  const { dataflow } = bench;
  const needed = neededOf(broken, { dataflow, aside: new Set(reasons.keys()), doubtful });
  for (const [index, { by, notReached, isHalfDone }] of broken) {
    if (!needed.has(index)) continue;
    doubtful.delete(index);
    for (const { id } of notReached) drop(id, stopped[by]);
    if (by !== "expected") bench.notes.push(`Cell ${index} ${stays[by]}${isHalfDone ? halfDone : ""}`);
  }
  const staying = Map.groupBy(stillNeeded(bench, doubtful), (index) => doubtful.get(index));
  for (const [why, cells] of staying) {
    for (const index of cells) doubtful.delete(index);
    bench.notes.push(
      cells.length === 1
        ? `Cell ${cells[0]} stays, although ${why}: later cells need what it binds.`
        : `${cellList(cells).replace(/^c/, "C")} stay: later cells need what they bind. Of each: ${why}.`,
    );
  }
  for (const { cell } of failed) {
    const isTold = broken.get(cell.index)?.isHalfDone === false;
    const lost =
      isTold || !doubtful.has(cell.index) ? undefined : perhapsLost(cell.index, { dataflow, doubtful }, broken);
    if (lost === undefined) continue;
    const user = cellOf(lost.to);
    bench.notes.push(
      `Cell ${cell.index} is left out, as its saved output is an error. Cell ${user} uses ${lost.name}: whether the cell changed it before it failed, nothing tells.`,
    );
  }
  for (const { cell, statements } of bench.dataflow.cells) {
    const why = doubtful.get(cell.index);
    if (why !== undefined) for (const { id } of statements) drop(id, why);
  }
  return reasons;
}

/** Cells that the author's own session did not run to their end, by index, with the reason. */
function doubtfulCells(bench: Bench): Map<number, string> {
  const cells = bench.dataflow.cells.filter(({ statements }) => statements.length > 0);
  const wasRun = ({ cell }: AnalysedCell) => cell.executionCount !== null || cell.outputs.length > 0;
  // Of a notebook whose outputs were cleared but for a few, the counts say nothing.
  const mostRan = 2 * cells.filter(wasRun).length >= cells.length;
  const doubtful = new Map<number, string>();
  for (const each of cells) {
    const failed = each.cell.outputs.some(({ output_type }) => output_type === "error");
    if (failed) doubtful.set(each.cell.index, "its saved output is an error");
    else if (mostRan && !wasRun(each) && !assignsParameters(each.cell)) {
      doubtful.set(each.cell.index, neverRan);
    }
  }
  return doubtful;
}

/** Of these cells, those that bind a name which a later statement reads and nothing else binds before it. */
function stillNeeded(bench: Bench, doubtful: ReadonlyMap<number, string>): Set<number> {
  const needed = new Set<number>();
  const binders = bindersOf(bench);
  const deleting = open(bench).flatMap((facts) => [...facts.deletes].map((name) => ({ name, facts })));
  const deleters = new Map(
    [...Map.groupBy(deleting, ({ name }) => name)].map(([name, all]) => [name, all.map(({ facts }) => facts)]),
  );
  const isDoubtful = (cell: number) => doubtful.has(cell) && !needed.has(cell);
  const hidden = hiddenBindings(bench).map(({ from, to }) => [cellOf(from), cellOf(to)] as const);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [from, to] of hidden) {
      if (!isDoubtful(from) || isDoubtful(to)) continue;
      needed.add(from);
      changed = true;
    }
    for (const facts of open(bench)) {
      if (isDoubtful(facts.statement.cell)) continue;
      for (const name of needs(facts)) {
        const deleted = deleters
          .get(name)
          ?.findLast(({ position, statement }) => position < facts.position && !isDoubtful(statement.cell));
        const since = deleted?.position ?? -1;
        const before = (binders.get(name) ?? []).filter(
          ({ position }) => since < position && position < facts.position,
        );
        if (before.length === 0 || before.some(({ statement }) => !isDoubtful(statement.cell))) continue;
        for (const { statement } of before) needed.add(statement.cell);
        changed = true;
      }
    }
  }
  return needed;
}
