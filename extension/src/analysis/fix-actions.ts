import { type CellEdit, cellSequence, type Fix } from "@reprise/core";
import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Disposable,
  languages,
  type NotebookCell,
  NotebookCellData,
  NotebookCellKind,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  type Range,
  type TextDocument,
  WorkspaceEdit,
} from "vscode";
import { notebookType } from "../notebook/chosen-notebook.ts";
import type { LiveFindings } from "./live-findings.ts";
import { toRange } from "./to-diagnostic.ts";

/** Offers the fixes of findings as quick fixes in their cells. */
export class FixActions implements CodeActionProvider {
  readonly #live: LiveFindings;

  constructor(live: LiveFindings) {
    this.#live = live;
  }

  static register(live: LiveFindings): Disposable {
    return languages.registerCodeActionsProvider({ notebookType, language: "python" }, new FixActions(live), {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    });
  }

  async provideCodeActions(document: TextDocument, range: Range): Promise<CodeAction[]> {
    const found = this.#live.around(document.uri);
    const here = found?.here.filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined) ?? [];
    if (found === undefined || here.length === 0) return [];
    const { notebook } = found;
    const fixes = await this.#live.fixes(notebook);
    return here.flatMap(({ at, diagnostic }) =>
      (fixes[at] ?? []).map((fix, place) => {
        const action = new CodeAction(fix.title, CodeActionKind.QuickFix);
        action.diagnostics = [diagnostic];
        action.edit = editOf(fix, notebook);
        // The first is the one that the rule would choose.
        action.isPreferred = place === 0;
        return action;
      }),
    );
  }
}

function editOf(fix: Fix, notebook: NotebookDocument): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  const cells = (fix.cells ?? []).flatMap((one) => cellEdits(one, notebook));
  if (cells.length > 0) edit.set(notebook.uri, cells);
  for (const { cell, range, text } of fix.edits) {
    if (cell < notebook.cellCount) edit.replace(notebook.cellAt(cell).document.uri, toRange(range), text);
  }
  return edit;
}

function cellEdits(change: CellEdit, notebook: NotebookDocument): readonly NotebookEdit[] {
  if (change.kind === "insert") {
    const cell = new NotebookCellData(NotebookCellKind.Code, change.source, "python");
    if (change.tags !== undefined) cell.metadata = { tags: [...change.tags] };
    return [NotebookEdit.insertCells(change.before, [cell])];
  }
  const cells = notebook.getCells();
  const kinds = cells.map(({ kind }, index) => ({ index, isCode: kind === NotebookCellKind.Code }));
  const sequence = cellSequence(kinds, change.order);
  const isElsewhere = (index: number, at: number) => index !== at;
  const [first, end] = [sequence.findIndex(isElsewhere), sequence.findLastIndex(isElsewhere) + 1];
  if (first === -1) return [];
  const moved = sequence.slice(first, end).flatMap((index) => cells[index] ?? []);
  return [NotebookEdit.replaceCells(new NotebookRange(first, end), moved.map(dataOf))];
}

function dataOf({ kind, document, metadata, outputs, executionSummary }: NotebookCell): NotebookCellData {
  const data = new NotebookCellData(kind, document.getText(), document.languageId);
  data.metadata = metadata;
  data.outputs = [...outputs];
  if (executionSummary !== undefined) data.executionSummary = executionSummary;
  return data;
}
