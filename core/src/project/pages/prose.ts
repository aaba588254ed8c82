import type { StatementId } from "../../dataflow/model.ts";
import type { Notebook } from "../../notebook/model.ts";
import type { PipelinePlan, Stage } from "../../plan/plan.ts";
import type { NotebookSource } from "../notebook-source.ts";
import { type ProseBlock, proseBlocks, wrapped } from "./prose-lines.ts";

/** What the notebook's author wrote between the code, by the code that it stands above. */
export interface Prose {
  /** Above the first statement of a cell that went somewhere, and where it went: settings stand in several stages. */
  readonly above: ReadonlyMap<StatementId, PlacedProse>;
  /** Below the last statement of a cell: what speaks of it, before the heading of another stage. */
  readonly below: ReadonlyMap<StatementId, readonly ProseBlock[]>;
  /** Above everything that went somewhere: what the notebook is about. */
  readonly introduction: readonly ProseBlock[];
}

/** Text and the stage that it goes with, if it is one. */
export interface PlacedProse {
  readonly stage: string | undefined;
  readonly blocks: readonly ProseBlock[];
}

/**
 * Where each text cell of a notebook goes: to the code cell below it, there to the first statement of a stage, else to
 * the first one that moved to a module; before the heading of another stage, to the code cell above it. What stands above
 * nothing but imports, settings or parameters is left out, but for the beginning.
 */
export function proseOf(notebook: Notebook, plan: PipelinePlan, source: NotebookSource): Prose {
  const placed = placesOf(plan, source);
  const above = new Map<StatementId, PlacedProse>();
  const below = new Map<StatementId, readonly ProseBlock[]>();
  const introduction: ProseBlock[] = [];
  let waiting: ProseBlock[] = [];
  let previous: CellPlace | undefined;
  const notebookTitle = plan.notebook.title;
  const titles = new Map(plan.stages.map(({ name, title }) => [name, title]));
  for (const cell of notebook.cells) {
    if (cell.kind === "markdown") waiting.push(...proseBlocks(cell.source));
    if (cell.kind !== "code") continue;
    const place = placed.get(cell.index);
    if (place !== undefined) {
      if (previous === undefined)
        introduction.push(...takeIntroduction(waiting, notebookTitle, place.stage && titles.get(place.stage)));
      const heading = waiting.findIndex(isHeading);
      if (heading > 0 && previous?.stage !== undefined && previous.stage !== place.stage)
        below.set(previous.last, waiting.splice(0, heading));
      if (waiting.length > 0) above.set(place.first, { stage: place.stage, blocks: waiting });
      previous = place;
    } else if (previous === undefined) introduction.push(...waiting);
    waiting = [];
  }
  return { above, below, introduction };
}

/** The stage that the text of a cell goes with, or else the module, and what of the cell is in it. */
interface CellPlace {
  readonly stage: string | undefined;
  readonly first: StatementId;
  readonly last: StatementId;
}

function placesOf(plan: PipelinePlan, source: NotebookSource): ReadonlyMap<number, CellPlace> {
  const works = plan.stages.filter(({ isReport }) => !isReport);
  const reports = plan.stages.filter(({ isReport }) => isReport);
  const places = new Map<number, CellPlace>();
  const homes = [...works, ...reports].map(({ name, statements }) => ({ stage: name, statements }));
  const modules = plan.modules.map(({ statements }) => ({ stage: undefined, statements }));
  for (const { stage, statements } of [...homes, ...modules]) {
    const byCell = Map.groupBy(statements, (id) => source.statement(id).cell.cell.index);
    for (const [cell, own] of byCell) {
      const [first] = own;
      if (first !== undefined && !places.has(cell)) places.set(cell, { stage, first, last: own.at(-1) ?? first });
    }
  }
  return places;
}

/**
 * Takes away from the blocks what speaks of the notebook: all above the heading of the first stage (`stageTitle`), or what
 * stands under the notebook's title above its first function.
 */
function takeIntroduction(blocks: ProseBlock[], title: string, stageTitle: string | undefined): readonly ProseBlock[] {
  if (stageTitle !== undefined) {
    const own = blocks.findLastIndex((block) => isHeading(block) && block.lines[0] === stageTitle);
    return blocks.splice(0, Math.max(0, own));
  }
  if (blocks[0]?.kind !== "heading" || blocks[0].lines[0] !== title) return [];
  const next = blocks.findIndex((block, at) => at > 0 && isHeading(block));
  return blocks.splice(0, next === -1 ? blocks.length : next);
}

function isHeading({ kind }: ProseBlock): boolean {
  return kind === "heading";
}

/** The blocks above a statement of a stage or of a module, without headings that say what its title says already. */
export function proseAbove(
  { above }: Prose,
  id: StatementId,
  stage: string | undefined,
  titles: readonly string[],
): readonly ProseBlock[] {
  const known = new Set(titles);
  const found = above.get(id);
  const blocks = found?.stage === stage ? (found?.blocks ?? []) : [];
  return blocks.filter(({ kind, lines }) => kind !== "heading" || !known.has(lines[0] ?? ""));
}

/**
 * The blocks above a stage: those that speak of the whole of it, and those that begin a part of it, from a subheading on
 * where other parts have theirs.
 */
export function proseOfStage(
  prose: Prose,
  { name, statements, title }: Stage,
  { notebook }: PipelinePlan,
): { readonly whole: readonly ProseBlock[]; readonly part: readonly ProseBlock[] } {
  const [first, ...others] = statements;
  const blocks = first === undefined ? [] : proseAbove(prose, first, name, [title, notebook.title]);
  const isParted = others.some((id) => proseAbove(prose, id, name, []).some(isHeading));
  const end = isParted ? blocks.findIndex(isHeading) : -1;
  return end === -1 ? { whole: blocks, part: [] } : { whole: blocks.slice(0, end), part: blocks.slice(end) };
}

/** The blocks as comments above `code`, without a heading that the code's own first comment repeats. */
export function asComments(blocks: readonly ProseBlock[], indent: string, code = ""): readonly string[] {
  const last = blocks.at(-1);
  const [, remark] = /^\s*#+(.*)/.exec(code) ?? [];
  const isEcho = remark !== undefined && last?.kind === "heading" && wordsOf(last.lines.join(" ")) === wordsOf(remark);
  return wrapped(isEcho ? blocks.slice(0, -1) : blocks, 100).map((line) => `${indent}# ${line}`.trimEnd());
}

function wordsOf(text: string): string {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(" ") ?? ""
  );
}
