import type { AnalysedCell, Dataflow } from "../dataflow/model.ts";
import { parametersTag } from "../notebook/cell-tags.ts";
import type { Edit, Fix } from "../rules/finding.ts";
import { takesPython } from "./code-lines.ts";
import { isImport } from "./import-place.ts";

/** Adds lines to the cell tagged `parameters`, as papermill knows it; makes one below the imports where there is none. */
export function addParameters(document: Dataflow, lines: readonly string[]): Pick<Fix, "edits" | "cells"> {
  const text = lines.join("\n");
  const home = document.cells.find(({ cell }) => cell.tags.includes(parametersTag));
  if (home !== undefined) return { edits: [appended(home, text)] };
  const insertion = { kind: "insert", before: placeOf(document), source: text, tags: [parametersTag] } as const;
  return { edits: [], cells: [insertion] };
}

function appended({ cell }: AnalysedCell, text: string): Edit {
  const lines = cell.source.split("\n");
  const end = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  return { cell: cell.index, range: { start: end, end }, text: cell.source === "" ? text : `\n${text}` };
}

/** Behind the first cells that only import, or that only talk to IPython. */
function placeOf({ cells }: Dataflow): number {
  for (const cell of cells) {
    const onlyImports = takesPython(cell) && cell.statements.every((one) => isImport(one) || isCommand(cell, one));
    if (!onlyImports) return cell.cell.index;
  }
  return cells[0]?.cell.index ?? 0;
}

function isCommand({ translation }: AnalysedCell, { node }: AnalysedCell["statements"][number]): boolean {
  return translation.commands.some(({ pythonSpan }) => pythonSpan.start <= node.start && node.start < pythonSpan.end);
}
