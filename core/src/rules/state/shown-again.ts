import type { Dataflow, Statement } from "../../dataflow/model.ts";
import { joinLines } from "../../notebook/lines.ts";
import type { Notebook } from "../../notebook/model.ts";
import type { Analysis } from "../analysis.ts";
import { codeCell } from "../record.ts";

/** What a later run showed of the same expression, of the same definitions. */
export interface ShownAgain {
  readonly cell: number;
  readonly isSame: boolean;
}

/**
 * What the file itself tells of an output that is older than what it was made of: another cell, which ran after the run
 * with `count`, shows the very expression that this cell ends with, of the values of the same statements.
 */
export function shownAgain(
  { notebook, document, recorded }: Analysis,
  cell: number,
  count: number,
): ShownAgain | undefined {
  const all = shownBy(notebook, document);
  const shown = all.find((one) => one.last.cell === cell);
  if (shown === undefined || recorded === undefined) return undefined;
  const sources = sourcesOf(document, shown.last);
  for (const { last, expression, text } of all) {
    if (last.cell === cell || expression !== shown.expression || countOf(notebook, last.cell) <= count) continue;
    // In the order of the counts it may have had its values from elsewhere.
    if (sourcesOf(document, last) !== sources || sourcesOf(recorded, last) !== sources) continue;
    const isSame = text === shown.text;
    // Where an object lies in memory says nothing of it.
    if (isSame || !/\b0x[\da-f]+/i.test(shown.text + text)) return { cell: last.cell, isSame };
  }
  return undefined;
}

interface Shown {
  /** The last statement of a cell: an expression, whose value is shown. */
  readonly last: Statement;
  readonly expression: string;
  readonly text: string;
}

const kept = new WeakMap<Notebook, readonly Shown[]>();

/** What the cells of a notebook show as their results. */
function shownBy(notebook: Notebook, document: Dataflow): readonly Shown[] {
  const known = kept.get(notebook);
  if (known !== undefined) return known;
  const texts = new Map(document.cells.map(({ cell, translation }) => [cell.index, translation.python]));
  const lasts = new Map(document.statements.map((statement) => [statement.cell, statement]));
  const found = [...lasts.values()].flatMap((last): Shown[] => {
    const text = last.node.type === "Expr" ? resultOf(notebook, last.cell) : undefined;
    if (text === undefined) return [];
    const expression = (texts.get(last.cell) ?? "").slice(last.node.start, last.node.end).replace(/\s+/g, "");
    return [{ last, expression, text }];
  });
  kept.set(notebook, found);
  return found;
}

function resultOf(notebook: Notebook, cell: number): string | undefined {
  const result = codeCell(notebook, cell)?.outputs.find(({ output_type: type }) => type === "execute_result");
  const text = joinLines((result as { data?: Record<string, unknown> } | undefined)?.data?.["text/plain"]);
  return text === "" ? undefined : text;
}

function countOf(notebook: Notebook, cell: number): number {
  return codeCell(notebook, cell)?.executionCount ?? 0;
}

/** The statements that gave what a statement reads. */
function sourcesOf({ edges }: Dataflow, { id }: Statement): string {
  const sources = edges.filter(({ to }) => to === id).map(({ from, name }) => `${name} ${from}`);
  return [...new Set(sources)].sort().join();
}
