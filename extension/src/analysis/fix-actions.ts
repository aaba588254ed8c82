import type { Fix } from "@reprise/core";
import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Disposable,
  languages,
  type NotebookDocument,
  type Range,
  type TextDocument,
  WorkspaceEdit,
  workspace,
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

  provideCodeActions(document: TextDocument, range: Range): CodeAction[] {
    const key = document.uri.toString();
    const notebook = workspace.notebookDocuments.find((one) =>
      one.getCells().some((cell) => cell.document.uri.toString() === key),
    );
    if (notebook === undefined) return [];
    const here = this.#live.of(notebook)?.diagnostics.get(key) ?? [];
    return here
      .filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined)
      .flatMap(({ finding, diagnostic }) =>
        finding.fixes.map((fix) => {
          const action = new CodeAction(fix.title, CodeActionKind.QuickFix);
          action.diagnostics = [diagnostic];
          action.edit = editOf(fix, notebook);
          return action;
        }),
      );
  }
}

function editOf(fix: Fix, notebook: NotebookDocument): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { cell, range, text } of fix.edits) {
    const document = notebook.getCells()[cell]?.document;
    if (document !== undefined) edit.replace(document.uri, toRange(range), text);
  }
  return edit;
}
