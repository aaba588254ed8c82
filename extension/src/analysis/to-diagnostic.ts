import type { Finding, Range as TextRange } from "@reprise/core";
import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  type NotebookDocument,
  Range,
  Uri,
} from "vscode";

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** A finding as the editor underlines it in its cell; the rule's id links to its page in the folder `pages`. */
export function toDiagnostic(finding: Finding, notebook: NotebookDocument, pages: Uri): Diagnostic {
  const diagnostic = new Diagnostic(toRange(finding.range), finding.message, severities[finding.severity]);
  diagnostic.source = "Reprise";
  diagnostic.code = { value: finding.rule, target: Uri.joinPath(pages, `${finding.rule}.md`) };
  diagnostic.relatedInformation = finding.evidence.flatMap((evidence) => {
    if (evidence.cell >= notebook.cellCount) return [];
    const cell = notebook.cellAt(evidence.cell);
    const place = new Location(cell.document.uri, evidence.range ? toRange(evidence.range) : new Range(0, 0, 0, 0));
    return [new DiagnosticRelatedInformation(place, evidence.message)];
  });
  return diagnostic;
}

/** Findings count lines and columns from 1, the editor from 0; both count columns in UTF-16 code units. */
export function toRange({ start, end }: TextRange): Range {
  return new Range(start.line - 1, start.column - 1, end.line - 1, end.column - 1);
}
