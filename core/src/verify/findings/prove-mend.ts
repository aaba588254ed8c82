import { applyFixes } from "../../fix/apply-fixes.ts";
import { completed, orderInto } from "../../fix/cell-order.ts";
import type { Mended } from "../../fix/mend-notebook.ts";
import type { Notebook } from "../../notebook/model.ts";
import { candidateOrders } from "../../orders/candidate-orders.ts";
import type { Analysis } from "../../rules/analysis.ts";
import type { ObservedRun } from "../observation/observed-run.ts";
import { type TrialOptions, tryOrders } from "./notebook-trials.ts";
import { type OrderScore, scoreOf, scoreOrders } from "./score-orders.ts";

/** A run from top to bottom: what it gave of the saved outputs, and where it failed. */
export interface TrialResult extends OrderScore {
  readonly errors: readonly { readonly cell: number; readonly name: string; readonly message: string }[];
  readonly ended?: string;
}

/** A mended notebook that was run, and the notebook that it was made of. Cells are those of each. */
export interface ProvenMend {
  readonly mended: Mended;
  readonly before: TrialResult;
  readonly after: TrialResult;
  /** The order that was put in place of the copy's own, since its run gives more of what is saved. */
  readonly order?: string;
}

/**
 * Runs a notebook before and after it was mended, in scratch copies of its folder, and the copy in every order in which
 * its cells may have run: where another one gives more of the saved outputs than the copy's own, the cells are put in it.
 * Outputs of cells whose values a mend has made others on purpose are not asked for, neither before nor after.
 * `analyse` is that of the mending. Throws ProblemError where nothing can be run.
 */
export async function proveMend(
  options: TrialOptions,
  mended: Mended,
  analyse: (notebook: Notebook) => Analysis,
): Promise<ProvenMend> {
  const { notebook } = options.analysis;
  const cells = options.analysis.document.cells.map(({ cell }) => cell.index);
  const [first] = await tryOrders(options, [{ cells, title: "the order of the notebook as it was" }]);
  const kept = keptCells(mended);
  const before = resultOf(onlySaved(notebook, kept), first as ObservedRun);
  const copy = withSaved(mended.notebook, onlySaved(notebook, kept), mended.origins);
  const analysis: Analysis = { ...mended.analysis, notebook: copy };
  const all = analysis.document.cells.map(({ cell }) => cell.index);
  const orders = candidateOrders(analysis)
    .filter(({ kind }) => kind !== "session" && kind !== "repeated")
    .map((order) => ({ ...order, cells: completed(order, all), leftOut: [] }))
    // The copy's own stands first, so that another has to be better.
    .sort((one, other) => Number(other.kind === "document") - Number(one.kind === "document"));
  const distinct = orders.filter(
    (order, at) => orders.findIndex(({ cells: other }) => other.join() === order.cells.join()) === at,
  );
  const runs = await tryOrders({ ...options, analysis }, distinct);
  const [best] = scoreOrders(copy, distinct, runs);
  const own = resultOf(copy, runs[0] as ObservedRun);
  if (best === undefined || best.kind === "document") return { mended, before, after: own };
  const run = runs[distinct.findIndex(({ cells: other }) => other.join() === best.cells.join())] as ObservedRun;
  const fix = orderInto(best.cells, best);
  const applied = applyFixes(mended.notebook, [fix], new Set());
  const origins = applied.origins.map((place) => (place === undefined ? undefined : mended.origins[place]));
  const step = { rule: "NB104", subject: "the order of the cells", fix: fix.id, title: fix.title };
  return {
    mended: {
      ...mended,
      notebook: applied.notebook,
      analysis: analyse(applied.notebook),
      origins,
      applied: [...mended.applied, step],
    },
    before,
    after: renumbered(resultOf(copy, run), applied.origins),
    order: best.title,
  };
}

/** The cells of the notebook whose values no mend has made others: their saved outputs must come again. */
function keptCells({ notebook, origins }: Mended): ReadonlySet<number> {
  return new Set(
    notebook.cells.flatMap((cell) => {
      const origin = origins[cell.index];
      return cell.kind === "code" && cell.executionCount !== null && origin !== undefined ? [origin] : [];
    }),
  );
}

/** The notebook with the outputs of those cells only. */
function onlySaved(notebook: Notebook, kept: ReadonlySet<number>): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) =>
      cell.kind === "code" && !kept.has(cell.index) ? { ...cell, outputs: [] } : cell,
    ),
  };
}

/** The copy, with what its cells had saved before they were edited: that is what a run is held against. */
function withSaved(copy: Notebook, notebook: Notebook, origins: Mended["origins"]): Notebook {
  return {
    ...copy,
    cells: copy.cells.map((cell) => {
      const origin = origins[cell.index];
      const saved = origin === undefined ? undefined : notebook.cells[origin];
      if (cell.kind !== "code" || saved?.kind !== "code") return cell;
      return { ...cell, outputs: saved.outputs, executionCount: saved.executionCount };
    }),
  };
}

function resultOf(notebook: Notebook, run: ObservedRun): TrialResult {
  const errors = run.steps.flatMap(({ cell, error }) => (error === undefined ? [] : [{ cell, ...error }]));
  return { ...scoreOf(notebook, run), errors, ...(run.ended === undefined ? {} : { ended: run.ended }) };
}

function renumbered(result: TrialResult, origins: readonly (number | undefined)[]): TrialResult {
  return { ...result, errors: result.errors.map((error) => ({ ...error, cell: origins.indexOf(error.cell) })) };
}
