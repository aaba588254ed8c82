import {
  type Analysis,
  candidateOrders,
  dataflowGraph,
  dot,
  type GraphView,
  mermaid,
  ProblemError,
  planGraph,
  planPipeline,
  type StatementId,
  sliceFor,
  svg,
} from "@reprise/core";
import type { Answer, Call } from "../execute.ts";
import { analyseFile } from "./analysis.ts";

export interface GraphOptions {
  readonly json?: boolean;
  readonly format: "json" | "svg" | "mermaid" | "dot";
  readonly by: "statement" | "cell" | "stage";
  readonly slice?: string;
}

const writers = { svg, mermaid, dot } as const;

/** The graph of a notebook, as it was asked for. Throws ProblemError for a slice of a name that nothing binds. */
export async function drawGraph(path: string, options: GraphOptions, call: Call): Promise<Answer> {
  call.signal.throwIfAborted();
  const analysis = await analyseFile(path, call);
  const view = viewOf(analysis, options);
  const write = options.format === "json" ? mermaid : writers[options.format];
  return {
    exit: 0,
    json: {
      outcome: "ok",
      ...view,
      // What only scripts are told is not looked for otherwise.
      ...(options.json === true || options.format === "json" ? { order: orderOf(analysis) } : {}),
    },
    text: () => write(view),
  };
}

/** The orders of the cells: the two that are analysed, and every one in which they may have run, the best first. */
function orderOf(analysis: Analysis) {
  const { notebook, document, recorded } = analysis;
  const counts = notebook.cells.flatMap((cell) =>
    cell.kind === "code" && cell.executionCount !== null
      ? [{ cell: cell.index, message: `ran as In [${cell.executionCount}]` }]
      : [],
  );
  const candidates = candidateOrders(analysis);
  return { document: document.order, recorded: recorded?.order ?? document.order, evidence: counts, candidates };
}

function viewOf(analysis: Analysis, options: GraphOptions): GraphView {
  const planned = planPipeline(analysis, {});
  const plan = planned.outcome === "planned" ? planned.plan : undefined;
  if (options.by === "stage" && options.slice === undefined) {
    if (plan !== undefined) return planGraph(plan);
    throw new ProblemError({
      id: "RP121",
      message: `${analysis.notebook.path}: there is no pipeline to draw, because the notebook cannot be converted as it is`,
      place: { file: analysis.notebook.path },
      mend: "reprise convert says why; --by cell draws its cells.",
    });
  }
  return dataflowGraph(analysis.document, {
    by: options.by === "statement" ? "statement" : "cell",
    ...(options.slice === undefined ? {} : { only: sliceOf(analysis, options.slice) }),
    ...(plan === undefined ? {} : { plan }),
  });
}

function sliceOf(analysis: Analysis, slice: string): ReadonlySet<StatementId> {
  const isCell = /^\d+$/.test(slice);
  const found = sliceFor(analysis.document, isCell ? Number(slice) : slice);
  if (found.length > 0) return new Set(found);
  const { path } = analysis.notebook;
  throw new ProblemError({
    id: "RP141",
    message: isCell
      ? `--slice ${slice}: cell ${slice} of ${path} has no code`
      : `--slice ${slice}: nothing in ${path} binds this name`,
    place: { file: path },
    mend: "Name a global of the notebook, or the index of a code cell, counted from 0 over all cells.",
  });
}
