import { basename } from "node:path";
import { type Finding, ProblemError, type Severity } from "@reprise/core";
import { commands, type NotebookDocument, ProgressLocation, window } from "vscode";
import type { LiveFindings } from "../analysis/live-findings.ts";

/** Analyses the notebook now, and says how much there is to see. */
export async function analyze(notebook: NotebookDocument, live: LiveFindings): Promise<readonly Finding[]> {
  try {
    const name = basename(notebook.uri.path);
    const findings = await window.withProgress(
      { location: ProgressLocation.Notification, title: `Analysing ${name}`, cancellable: true },
      (_, token) => live.refresh(notebook, token),
    );
    if (findings !== undefined) void tell(name, findings);
    return findings ?? [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    void window.showWarningMessage(`${error.problem.message} ${error.problem.mend}`);
    return [];
  }
}

async function tell(name: string, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) {
    await window.showInformationMessage(`${name}: nothing found.`);
    return;
  }
  const show = "Show Problems";
  const chosen = await window.showInformationMessage(`${name}: ${countText(findings)}.`, show);
  if (chosen === show) await commands.executeCommand("workbench.actions.view.problems");
}

const nouns: readonly (readonly [Severity, string, string])[] = [
  ["error", "error", "errors"],
  ["warning", "warning", "warnings"],
  ["info", "note", "notes"],
];

/** `2 errors, 1 warning, 3 notes`. */
export function countText(findings: readonly Finding[]): string {
  return nouns
    .flatMap(([severity, one, many]) => {
      const count = findings.filter((finding) => finding.severity === severity).length;
      return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
    })
    .join(", ");
}
