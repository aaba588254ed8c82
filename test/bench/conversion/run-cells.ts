import { readFileSync } from "node:fs";
import type { Statement } from "../../../core/src/dataflow/model.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { isPassedOver } from "../../../core/src/project/edits/display-edits.ts";
import { captureScript } from "../../../core/src/verify/sides/capture-script.ts";
import type { Conversion, Converted } from "./converter.ts";
import { notebookPath, type Subject } from "./subject.ts";

/** A cell, or some lines of one, that a side runs. */
export interface RunCell {
  readonly source: string;
  /** Whether the value of its last expression counts as shown. */
  readonly isShown: boolean;
  /** Whether what it prints counts. */
  readonly isPrinted: boolean;
}

/** A cell of whose values only those at the end count. */
export function quietCell(source: string): RunCell {
  return { source, isShown: false, isPrinted: true };
}

/** The cells that the plan follows, in its order; all of them where there is none. */
export function runCellsOf(subject: Subject, conversion: Conversion): readonly RunCell[] {
  if (conversion.outcome === "converted") return plannedCells(conversion);
  const path = notebookPath(subject);
  return readNotebook(readFileSync(path, "utf8"), path).cells.flatMap((cell) =>
    cell.kind === "code" ? [{ source: cell.source, isShown: true, isPrinted: true }] : [],
  );
}

/**
 * What the project's README says is left out (`!ls`, with the reason) need not be printed by it, nor what IPython says
 * of a magic that the project has as Python (`env: A=1`): such lines run by themselves. A fitted model as a cell's last
 * expression is nothing that a project has to show.
 */
function plannedCells({ plan, dataflow }: Converted): readonly RunCell[] {
  const leftOut = new Set(plan.leftOut.map(({ statement }) => statement));
  return captureScript(plan, dataflow).cells.flatMap(({ cell: index, source }) => {
    const cell = dataflow.cells.find(({ cell }) => cell.index === index);
    const last = cell?.statements.at(-1);
    const isShown = last === undefined || !isPassedOver(last);
    const commands = cell?.translation.commands ?? [];
    const isTold = ({ node, id }: Statement) =>
      leftOut.has(id) ||
      commands.some(
        ({ meaning, pythonSpan }) =>
          (meaning === "setting" || meaning === "file") && pythonSpan.start < node.end && node.start < pythonSpan.end,
      );
    const told = cell?.statements.filter(isTold) ?? [];
    if (told.length === cell?.statements.length) return [{ source, isShown: false, isPrinted: false }];
    if (told.length === 0 || commands.some(({ kind }) => kind === "cell-magic")) {
      return [{ source, isShown, isPrinted: true }];
    }
    return cutOut(source, told, isShown && last !== undefined && !isTold(last));
  });
}

/** The cell in pieces, those of its lines by themselves that are told to be left out. */
function cutOut(source: string, told: readonly Statement[], isShown: boolean): readonly RunCell[] {
  const lines = source.split("\n");
  const isTold = (line: number) => told.some(({ range }) => range.start.line <= line && line <= range.end.line);
  const pieces: { source: string; isPrinted: boolean }[] = [];
  for (const [at, line] of lines.entries()) {
    const isPrinted = !isTold(at + 1);
    const piece = pieces.at(-1);
    if (piece?.isPrinted === isPrinted) piece.source += `\n${line}`;
    else pieces.push({ source: line, isPrinted });
  }
  return pieces.map((piece, at) => ({ ...piece, isShown: isShown && at === pieces.length - 1 }));
}
