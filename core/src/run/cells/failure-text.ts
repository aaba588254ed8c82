import { stripVTControlCharacters } from "node:util";
import type * as nbformat from "@jupyterlab/nbformat";
import { joinLines } from "../../notebook/lines.ts";
import type { RunFailure } from "../record/record.ts";

/** How many lines of a text are shown: that many at its beginning, and at its end. */
const shownLines = 12;

/** What to do about errors that say more of where a notebook runs than of its code. */
const mends: Readonly<Record<string, string>> = {
  StdinNotImplementedError:
    "Nobody can answer in a run: make what is asked for a parameter (a cell tagged `parameters`) and give it with -p.",
  ModuleNotFoundError:
    "Install it where the notebook runs, or have an environment made of what it imports: --environment locked.",
};

/**
 * Why a run failed, for people: the cell's code, what it had written, and the traceback, without colour codes; what is
 * long is shortened. At the end, where that is known, what to do about it.
 *
 * @param content The executed notebook, in which the failed cell is marked.
 */
export function failureText(failure: RunFailure, content: nbformat.INotebookContent): string {
  const cell = content.cells.find(({ metadata }) => (metadata.papermill as { status?: string })?.status === "failed");
  const where = failure.cell === undefined ? "" : ` in cell ${failure.cell}`;
  const parts = [`${failure.name}${where}: ${shortened(plain(failure.message))}`];
  if (cell !== undefined) parts.push(titled("the cell", joinLines(cell.source) ?? ""));
  for (const { name, text } of streamsOf(cell)) parts.push(titled(`its ${name}`, text));
  if (failure.traceback.length > 0) parts.push(titled("traceback", failure.traceback.join("\n")));
  const mend = mends[failure.name];
  return [...parts, ...(mend === undefined ? [] : [`mend: ${mend}`])].join("\n");
}

function titled(title: string, text: string): string {
  return `--- ${title} ---\n${shortened(plain(text))}`;
}

function plain(text: string): string {
  return stripVTControlCharacters(text).trimEnd();
}

/** Without the middle of many lines. */
function shortened(text: string): string {
  const lines = text.split("\n").map((line) => (line.length > 500 ? `${line.slice(0, 500)} ...` : line));
  const left = lines.length - 2 * shownLines;
  if (left <= 1) return lines.join("\n");
  return [...lines.slice(0, shownLines), `... (${left} lines)`, ...lines.slice(-shownLines)].join("\n");
}

function streamsOf(cell: nbformat.ICell | undefined): { name: string; text: string }[] {
  const outputs = (cell?.outputs ?? []) as nbformat.IOutput[];
  return outputs.flatMap((output) =>
    output.output_type === "stream" ? [{ name: String(output.name), text: joinLines(output.text) ?? "" }] : [],
  );
}
