import {
  type FilePositions,
  type Finding,
  filePositions,
  type Notebook,
  type Position,
  type Severity,
} from "@reprise/core";
import type { Judgement } from "@reprise/core/node";
import { color } from "./color.ts";
import { wrapped } from "./wrapped.ts";

const paint: Record<Severity, (text: string) => string> = {
  error: color.red,
  warning: color.yellow,
  info: color.cyan,
};

/** A finding, and what running said of it. */
type Shown = Finding & { readonly verification?: Judgement };

/**
 * Findings for people, with the line each is about; what is only to know takes one line, and what has the cause of one
 * above only says so. Places are those that a reader finds: cell, line and column of an .ipynb, line and column of a text.
 */
export function findingsText(notebook: Notebook, findings: readonly Shown[]): string {
  const places = placesOf(notebook);
  const notes = findings.filter(({ severity }) => severity === "info");
  const others = findings.filter(({ severity }) => severity !== "info");
  const first = new Map<string, Shown>();
  return [
    ...others.map((finding) => {
      const cause = causeOf(finding);
      const above = cause === undefined ? undefined : first.get(cause);
      if (cause !== undefined && above === undefined) first.set(cause, finding);
      return findingText(notebook, finding, places, above);
    }),
    ...(notes.length > 0 ? [notes.map((note) => noteText(note, places)).join("\n")] : []),
  ].join("\n\n");
}

/** The statement that findings of one rule come of, where one names it first of all. */
function causeOf({ rule, cell, evidence: [first] }: Shown): string | undefined {
  if (first?.range === undefined || first.cell === cell) return undefined;
  return `${rule} ${first.cell} ${first.range.start.line}`;
}

interface Places {
  place(cell: number, position: Position): string;
  evidence(cell: number, position: Position | undefined): string;
}

function placesOf(notebook: Notebook): Places {
  const { path, origin } = notebook;
  if (origin === undefined) {
    return {
      place: (cell, { line, column }) => `${path}:cell ${cell}:${line}:${column}`,
      evidence: (cell) => `cell ${cell}`,
    };
  }
  const positions: FilePositions = filePositions(notebook);
  return {
    place: (cell, position) => {
      const { line, column } = positions.position(cell, position);
      return `${path}:${line}:${column}`;
    },
    evidence: (cell, position) => `line ${positions.position(cell, position ?? { line: 1, column: 1 }).line}`,
  };
}

function noteText(finding: Shown, { place }: Places): string {
  const { rule, name, cell, range, subject } = finding;
  const line = color.dim(`${place(cell, range.start)}  ${rule} ${name}: ${subject}`);
  return [line, ...verificationLines(finding)].join("\n");
}

function findingText(notebook: Notebook, finding: Shown, { place, evidence }: Places, above?: Shown): string {
  const { start, end } = finding.range;
  const source = notebook.cells[finding.cell]?.source.split("\n")[start.line - 1] ?? "";
  const length = end.line === start.line ? end.column - start.column : source.length - start.column + 1;
  const number = String(notebook.origin?.lines[finding.cell]?.[start.line - 1]?.line ?? start.line);
  const gutter = " ".repeat(number.length);
  const head = `${color.bold(place(finding.cell, start))}  ${paint[finding.severity](`${finding.rule} ${finding.name}`)} ${color.dim(`(${finding.severity}, ${finding.tier})`)}`;
  const lines = [
    head,
    ...(source.trim() === ""
      ? []
      : [
          color.dim(`  ${number} | `) + source,
          `  ${gutter}   ${" ".repeat(Math.max(0, start.column - 1))}${paint[finding.severity]("^".repeat(Math.max(1, length)))}`,
        ]),
    ...(above === undefined
      ? [
          ...finding.message.split("\n").map((line) => wrapped(`  ${line}`)),
          ...finding.evidence.map((piece) =>
            color.dim(wrapped(`  · ${evidence(piece.cell, piece.range?.start)}: ${piece.message}`)),
          ),
        ]
      : [
          wrapped(
            `  \`${finding.subject}\`: the cause is that of ${evidence(above.cell, above.range.start)} above. Mend both together.`,
          ),
        ]),
    ...(finding.predicts ? [color.dim(wrapped(`  when run again: ${finding.predicts}`))] : []),
    ...verificationLines(finding),
    ...finding.fixes.map((fix) => `  ${color.green("fix")}: ${fix.title}`),
  ];
  return lines.join("\n");
}

const verdictPaint = { confirmed: color.red, refuted: color.green, "not-decided": color.yellow } as const;

/** What running said. */
function verificationLines({ verification }: Shown): string[] {
  if (verification === undefined) return [];
  const { verdict, why } = verification;
  return [`  ${verdictPaint[verdict](verdict.replace("-", " "))}: ${why}`];
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
