import type { Range } from "../text/position.ts";
import type { Analysis } from "./analysis.ts";
import type { Finding } from "./finding.ts";

/** Where the author says that a finding is known: a comment on its line, or a tag of its cell. */
export interface Suppression {
  readonly cell: number;
  /** Of the comment; the cell's first character for a tag. */
  readonly range: Range;
  /** The lines that it speaks for; the whole cell for a tag. */
  readonly line?: number;
  /** A rule's id, or the beginning of several. */
  readonly rule: string;
  readonly text: string;
}

const comment = /#\s*reprise:\s*ignore\[([^\]\n]*)\]/g;
const tag = /^reprise:ignore-([A-Z]+\d*)$/;

/** `# reprise: ignore[NB109] reason`, one for each id, and tags `reprise:ignore-NB109`, in code cells. */
export function suppressionsOf({ notebook }: Analysis): Suppression[] {
  const found: Suppression[] = [];
  for (const cell of notebook.cells) {
    if (cell.kind !== "code") continue;
    for (const text of cell.tags) {
      const rule = tag.exec(text)?.[1];
      const start = { line: 1, column: 1 };
      if (rule !== undefined)
        found.push({ cell: cell.index, range: { start, end: start }, rule, text: `the tag ${text}` });
    }
    if (!cell.source.includes("reprise:")) continue;
    for (const [number, line] of cell.source.split("\n").entries()) {
      for (const match of line.matchAll(comment)) {
        const start = { line: number + 1, column: match.index + 1 };
        const range = { start, end: { line: start.line, column: start.column + match[0].length } };
        for (const rule of (match[1] ?? "").split(",")) {
          found.push({ cell: cell.index, range, line: start.line, rule: rule.trim(), text: `the comment ${match[0]}` });
        }
      }
    }
  }
  return found;
}

/** A comment speaks for findings that begin on its line or have it within them. */
export function suppresses({ cell, line, rule }: Suppression, finding: Finding): boolean {
  if (cell !== finding.cell || rule === "" || !finding.rule.startsWith(rule)) return false;
  return line === undefined || (finding.range.start.line <= line && line <= finding.range.end.line);
}
