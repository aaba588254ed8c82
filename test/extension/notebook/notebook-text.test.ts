import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { NotebookDocument } from "vscode";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { notebookText } from "../../../extension/src/notebook/notebook-text.ts";

interface SavedCell {
  readonly cell_type: string;
  readonly id: string;
  readonly metadata: object;
  readonly source: readonly string[];
  readonly execution_count?: number | null;
}

/** A notebook as the editor's own .ipynb extension hands it over, without the outputs. */
function opened(saved: { readonly metadata: object; readonly cells: readonly SavedCell[] }): NotebookDocument {
  const cells = saved.cells.map((cell) => ({
    kind: cell.cell_type === "code" ? 2 : 1,
    document: { getText: () => cell.source.join(""), languageId: "python" },
    metadata: { id: cell.id, metadata: cell.metadata },
    executionSummary: { executionOrder: cell.execution_count ?? undefined },
    outputs: [],
  }));
  return { metadata: { metadata: saved.metadata }, getCells: () => cells } as unknown as NotebookDocument;
}

test("an open notebook reads as the file it was opened from", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../samples/voters/voters.ipynb"), "utf8");
  const file = readNotebook(text, "a.ipynb");
  const open = readNotebook(notebookText(opened(JSON.parse(text))), "a.ipynb");
  const essence = ({ cells, language, languageVersion }: typeof file) => ({
    language,
    languageVersion,
    cells: cells.map(({ kind, id, source, tags, ...rest }) => ({
      kind,
      id,
      source,
      tags,
      count: "executionCount" in rest ? rest.executionCount : undefined,
    })),
  });
  assert.deepEqual(essence(open), essence(file));
});

test("text of outputs is kept, with the streams and errors that they were", () => {
  const item = (mime: string, text: string) => ({ mime, data: new TextEncoder().encode(text) });
  const error = JSON.stringify({ name: "KeyError", message: "'x'", stack: "Traceback\nKeyError: 'x'" });
  const cell = {
    kind: 2,
    document: { getText: () => "x", languageId: "python" },
    metadata: {},
    outputs: [
      { items: [item("application/vnd.code.notebook.stderr", "careful")] },
      { items: [item("text/html", "<b>"), item("text/plain", "3")], metadata: { executionCount: 7 } },
      { items: [item("application/vnd.code.notebook.error", error)] },
      { items: [item("image/png", "...")] },
    ],
  };
  const document = { metadata: {}, getCells: () => [cell] } as unknown as NotebookDocument;
  const [read] = readNotebook(notebookText(document), "a.ipynb").cells;
  assert.ok(read?.kind === "code");
  assert.deepEqual(read.outputs, [
    { output_type: "stream", name: "stderr", text: "careful" },
    { output_type: "execute_result", execution_count: 7, data: { "text/plain": "3" }, metadata: {} },
    { output_type: "error", ename: "KeyError", evalue: "'x'", traceback: ["Traceback", "KeyError: 'x'"] },
  ]);
});
