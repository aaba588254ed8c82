import type { CodeCell } from "../notebook/model.ts";
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
  /** Why, where the author says it. */
  readonly reason?: string;
}

const comment = /#\s*reprise:\s*ignore\[([^\]\n]*)\]([^\n#]*)/g;
const tag = /^reprise:ignore-([A-Z]+\d*)$/;

/**
 * `# reprise: ignore[NB109] reason`, one for each id; tags `reprise:ignore-NB109`; and the metadata of a cell:
 * `{"reprise": {"ignore": {"NB109": "reason"}}}`, or a list of ids. In code cells.
 */
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
    found.push(...inMetadata(cell));
    if (!cell.source.includes("reprise:")) continue;
    for (const [number, line] of cell.source.split("\n").entries()) {
      for (const match of line.matchAll(comment)) {
        const start = { line: number + 1, column: match.index + 1 };
        const text = match[0].trimEnd();
        const range = { start, end: { line: start.line, column: start.column + text.length } };
        const reason = reasonOf(match[2]);
        for (const rule of (match[1] ?? "").split(",")) {
          found.push({
            cell: cell.index,
            range,
            line: start.line,
            rule: rule.trim(),
            text: `the comment ${text}`,
            ...reason,
          });
        }
      }
    }
  }
  return found;
}

function inMetadata({ index, metadata }: CodeCell): Suppression[] {
  const own = metadata.reprise;
  const ignore = typeof own === "object" && own !== null && "ignore" in own ? own.ignore : undefined;
  if (typeof ignore !== "object" || ignore === null) return [];
  const start = { line: 1, column: 1 };
  const named: readonly (readonly [unknown, unknown])[] = Array.isArray(ignore)
    ? ignore.map((rule: unknown) => [rule, undefined] as const)
    : Object.entries(ignore);
  return named.flatMap(([rule, why]) =>
    typeof rule === "string"
      ? [{ cell: index, range: { start, end: start }, rule, text: `the cell's metadata (${rule})`, ...reasonOf(why) }]
      : [],
  );
}

function reasonOf(text: unknown): { readonly reason?: string } {
  const reason = typeof text === "string" ? text.replace(/^[\s:,-]+/, "").trim() : "";
  return reason === "" ? {} : { reason };
}

/** A comment speaks for findings that begin on its line or have it within them. */
export function suppresses({ cell, line, rule }: Suppression, finding: Finding): boolean {
  if (cell !== finding.cell || rule === "" || !finding.rule.startsWith(rule)) return false;
  return line === undefined || (finding.range.start.line <= line && line <= finding.range.end.line);
}
