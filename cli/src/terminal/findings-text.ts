import type { Finding, Notebook, Severity } from "@reprise/core";
import color from "picocolors";

const paint: Record<Severity, (text: string) => string> = {
  error: color.red,
  warning: color.yellow,
  info: color.cyan,
};

/** Findings for people, with the line each is about; what is only to know takes one line. */
export function findingsText(notebook: Notebook, findings: readonly Finding[]): string {
  const notes = findings.filter(({ severity }) => severity === "info");
  const others = findings.filter(({ severity }) => severity !== "info");
  return [
    ...others.map((finding) => findingText(notebook, finding)),
    ...(notes.length > 0 ? [notes.map((note) => noteText(notebook, note)).join("\n")] : []),
  ].join("\n\n");
}

function noteText({ path }: Notebook, { rule, name, cell, range, subject }: Finding): string {
  const place = `${path}:cell ${cell}:${range.start.line}:${range.start.column}`;
  return color.dim(`${place}  ${rule} ${name}: ${subject}`);
}

function findingText(notebook: Notebook, finding: Finding): string {
  const { start, end } = finding.range;
  const source = notebook.cells[finding.cell]?.source.split("\n")[start.line - 1] ?? "";
  const length = end.line === start.line ? end.column - start.column : source.length - start.column + 1;
  const gutter = " ".repeat(String(start.line).length);
  const head = `${color.bold(`${notebook.path}:cell ${finding.cell}:${start.line}:${start.column}`)}  ${paint[finding.severity](`${finding.rule} ${finding.name}`)} ${color.dim(`(${finding.severity}, ${finding.tier})`)}`;
  const lines = [
    head,
    ...(source.trim() === ""
      ? []
      : [
          color.dim(`  ${start.line} | `) + source,
          `  ${gutter}   ${" ".repeat(Math.max(0, start.column - 1))}${paint[finding.severity]("^".repeat(Math.max(1, length)))}`,
        ]),
    `  ${finding.message.replaceAll("\n", "\n  ")}`,
    ...finding.evidence.map((piece) => color.dim(`  · cell ${piece.cell}: ${piece.message}`)),
    ...(finding.predicts ? [color.dim(`  when run again: ${finding.predicts}`)] : []),
    ...finding.fixes.map((fix) => `  ${color.green("fix")}: ${fix.title}`),
  ];
  return lines.join("\n");
}

/** `2 errors, 1 warning, 3 notes`. */
export function countText(findings: readonly Finding[]): string {
  const count = (severity: Severity, one: string, many: string) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
  };
  const parts = [
    ...count("error", "error", "errors"),
    ...count("warning", "warning", "warnings"),
    ...count("info", "note", "notes"),
  ];
  return parts.length === 0 ? "nothing to report" : parts.join(", ");
}
