import type { StatementId } from "../../dataflow/model.ts";
import type { Notebook } from "../../notebook/model.ts";
import type { PipelinePlan, Stage } from "../../plan/plan.ts";
import type { NotebookSource } from "../notebook-source.ts";
import { type ProseBlock, proseBlocks, wrapped } from "./prose-lines.ts";

/** What the notebook's author wrote between the code, by the code that it stands above. */
export interface Prose {
  /** Above the first statement of a cell that went somewhere. */
  readonly above: ReadonlyMap<StatementId, readonly ProseBlock[]>;
  /** Above everything that went somewhere: what the notebook is about. */
  readonly introduction: readonly ProseBlock[];
}

/**
 * Where each text cell of a notebook goes: to the code cell below it, there to the first statement of a stage, else to
 * the first one that moved to a module. What stands above nothing but imports, settings or parameters is left out, but
 * for the beginning.
 */
export function proseOf(notebook: Notebook, plan: PipelinePlan, source: NotebookSource): Prose {
  const works = plan.stages.filter(({ isReport }) => !isReport);
  const reports = plan.stages.filter(({ isReport }) => isReport);
  const homes = [...works, ...reports, ...plan.modules];
  const firstOf = new Map<number, StatementId>();
  for (const { statements } of homes) {
    const own = new Map<number, StatementId>();
    for (const id of statements) {
      const { cell } = source.statement(id);
      if (!firstOf.has(cell.cell.index) && !own.has(cell.cell.index)) own.set(cell.cell.index, id);
    }
    for (const [cell, id] of own) firstOf.set(cell, id);
  }
  const above = new Map<StatementId, readonly ProseBlock[]>();
  const introduction: ProseBlock[] = [];
  let waiting: ProseBlock[] = [];
  let hasBegun = false;
  for (const cell of notebook.cells) {
    if (cell.kind === "markdown") waiting.push(...proseBlocks(cell.source));
    if (cell.kind !== "code") continue;
    const first = firstOf.get(cell.index);
    if (first !== undefined && waiting.length > 0) above.set(first, waiting);
    else if (first === undefined && !hasBegun) introduction.push(...waiting);
    if (first !== undefined) hasBegun = true;
    waiting = [];
  }
  return { above, introduction };
}

/** The blocks above a statement, without headings that say what its stage's title says already. */
export function proseAbove({ above }: Prose, id: StatementId, titles: readonly string[]): readonly ProseBlock[] {
  const known = new Set(titles);
  return (above.get(id) ?? []).filter(({ kind, lines }) => kind !== "heading" || !known.has(lines[0] ?? ""));
}

/**
 * The blocks above a stage: those that speak of the whole of it, and those that begin a part of it, from a subheading on
 * where other parts have theirs.
 */
export function proseOfStage(
  prose: Prose,
  { statements, title }: Stage,
  { notebook }: PipelinePlan,
): { readonly whole: readonly ProseBlock[]; readonly part: readonly ProseBlock[] } {
  const [first, ...others] = statements;
  const blocks = first === undefined ? [] : proseAbove(prose, first, [title, notebook.title]);
  const isHeading = ({ kind }: ProseBlock) => kind === "heading";
  const isParted = others.some((id) => prose.above.get(id)?.some(isHeading));
  const end = isParted ? blocks.findIndex(isHeading) : -1;
  return end === -1 ? { whole: blocks, part: [] } : { whole: blocks.slice(0, end), part: blocks.slice(end) };
}

/** The blocks as comments. */
export function asComments(blocks: readonly ProseBlock[], indent: string): readonly string[] {
  return wrapped(blocks, 100).map((line) => `${indent}# ${line}`.trimEnd());
}
