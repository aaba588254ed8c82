import type { NotebookReport } from "../jobs/analyze.ts";

const levels = { error: "error", warning: "warning", info: "notice" } as const;

/** Workflow commands, one a finding (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). */
export function githubAnnotations(reports: readonly NotebookReport[]): string {
  return reports
    .flatMap((report) =>
      report.findings.map((finding) => {
        const { start } = finding.range;
        // The file's own lines are JSON; the cell is what a reader can find.
        const title = `${finding.rule} ${finding.name}, cell ${finding.cell}, line ${start.line}`;
        const message = finding.predicts ? `${finding.message}\nWhen run again: ${finding.predicts}` : finding.message;
        return `::${levels[finding.severity]} file=${property(report.path)},title=${property(title)}::${data(message)}`;
      }),
    )
    .join("\n");
}

const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
