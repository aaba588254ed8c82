import type { NotebookCell, NotebookCellOutput, NotebookDocument } from "vscode";

/** The numbers of `NotebookCellKind`, which this file does without so that it runs outside an editor too. */
const codeKind = 2;

const streams: Readonly<Record<string, "stdout" | "stderr">> = {
  "application/vnd.code.notebook.stdout": "stdout",
  "application/vnd.code.notebook.stderr": "stderr",
};
const errorType = "application/vnd.code.notebook.error";

/**
 * An open notebook as the text of an .ipynb file: what stands in the editor now, saved or not. Of the outputs, only
 * their text is kept: analysis reads tracebacks and counts, never pictures.
 */
export function notebookText(document: NotebookDocument): string {
  const { metadata = {} } = document.metadata as { metadata?: Record<string, unknown> };
  const cells = document.getCells().map(cellJson);
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

function cellJson(cell: NotebookCell): Record<string, unknown> {
  // The .ipynb extension of the editor keeps a cell's own metadata one level down, beside its id.
  const { id, metadata = {} } = cell.metadata as { id?: string; metadata?: Record<string, unknown> };
  const base = { ...(id === undefined ? {} : { id }), metadata, source: cell.document.getText() };
  if (cell.kind !== codeKind) return { cell_type: "markdown", ...base };
  if (cell.document.languageId === "raw") return { cell_type: "raw", ...base };
  const count = cell.executionSummary?.executionOrder ?? null;
  return { cell_type: "code", ...base, execution_count: count, outputs: cell.outputs.flatMap(outputJson) };
}

function outputJson(output: NotebookCellOutput): Record<string, unknown>[] {
  const decoder = new TextDecoder();
  return output.items.flatMap((item): Record<string, unknown>[] => {
    const stream = streams[item.mime];
    if (stream !== undefined) return [{ output_type: "stream", name: stream, text: decoder.decode(item.data) }];
    if (item.mime === errorType) return [errorJson(decoder.decode(item.data))];
    if (item.mime !== "text/plain") return [];
    const count: unknown = output.metadata?.executionCount;
    const data = { "text/plain": decoder.decode(item.data) };
    return typeof count === "number"
      ? [{ output_type: "execute_result", execution_count: count, data, metadata: {} }]
      : [{ output_type: "display_data", data, metadata: {} }];
  });
}

function errorJson(text: string): Record<string, unknown> {
  const { name = "", message = "", stack = "" } = JSON.parse(text) as Partial<Error>;
  return { output_type: "error", ename: name, evalue: message, traceback: stack.split("\n") };
}
