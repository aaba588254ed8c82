import type { Problem } from "@reprise/core";
import type { Analysed } from "../jobs/analysed.ts";

const levels = { error: "error", warning: "warning", info: "notice" } as const;

/**
 * Workflow commands, one a finding (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). The
 * line is the file's, so that it is shown there in a diff; the title says the cell, which a reader can find.
 */
export function githubAnnotations(reports: readonly Analysed[], unreadable: readonly Problem[]): string {
  const found = reports.flatMap(({ report }) =>
    report.findings.map((finding) => {
      const { start, end } = finding.file;
      const title = `${finding.rule} ${finding.name}, cell ${finding.cell}, line ${finding.range.start.line}`;
      const message = finding.predicts ? `${finding.message}\nWhen run again: ${finding.predicts}` : finding.message;
      // Columns may be given only for one line.
      const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
      return command(
        levels[finding.severity],
        { file: report.path, line: start.line, endLine: end.line, ...columns, title },
        message,
      );
    }),
  );
  const failed = unreadable.map(({ id, message, place, mend }) =>
    command(
      "error",
      { ...(place ? { file: place.file, line: place.line ?? 1 } : {}), title: id },
      `${message}\n${mend}`,
    ),
  );
  return [...found, ...failed].join("\n");
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name} ${given.join(",")}::${data(message)}`;
}

const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
