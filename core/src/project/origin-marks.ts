import type { StatementId } from "../dataflow/model.ts";
import type { ProjectContext } from "./context.ts";
import { alignedLines } from "./line-alignment.ts";
import type { SourcedStatement } from "./notebook-source.ts";
import type { LineOrigin } from "./project.ts";

/**
 * Comments that say which statement the lines below came from. They go through the formatter with the code, and are
 * taken out again afterwards: that is how a line of the finished file is known to come from a line of a cell.
 */
const mark = "# reprise-origin:";

/** The comment that says that the lines below came from this statement. */
export function originMark(id: StatementId): string {
  return `${mark}${id}`;
}

export const originMarkEnd = `${mark}end`;

/** True for a text in which there is code of the notebook. */
export function hasMarks(draft: string): boolean {
  return draft.includes(mark);
}

/** A text without its marks, and for each of its lines that is not blank, in order, the statement it came from. */
export interface UnmarkedText {
  readonly text: string;
  readonly statements: readonly (StatementId | undefined)[];
}

/** Takes the marks out of a text that was formatted with them. */
export function removeMarks(text: string): UnmarkedText {
  const lines: string[] = [];
  const statements: (StatementId | undefined)[] = [];
  let current: StatementId | undefined;
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (trimmed.startsWith(mark)) {
      const id = trimmed.slice(mark.length);
      current = id === "end" ? undefined : (id as StatementId);
      continue;
    }
    lines.push(line);
    if (trimmed !== "") statements.push(current);
  }
  return { text: lines.join("\n"), statements };
}

/** The origins of a finished text, whose lines that are not blank are those of `statements`. */
export function lineOrigins(
  text: string,
  statements: readonly (StatementId | undefined)[],
  context: ProjectContext,
): readonly LineOrigin[] {
  const origins: LineOrigin[] = [];
  const lines = text.split("\n");
  let open: { id: StatementId; first: number; last: number } | undefined;
  let at = 0;
  const close = () => {
    if (open === undefined) return;
    const sourced = context.source.statement(open.id);
    const { cell } = sourced;
    const [top, bottom] = linesOf(sourced);
    const { first } = open;
    const source = cell.cell.source.split("\n").slice(top - 1, bottom);
    for (const piece of alignedLines(lines.slice(first - 1, open.last), source)) {
      origins.push({
        first: first + piece.first,
        last: first + piece.last,
        cell: cell.cell.index,
        cellFirst: top + piece.sourceFirst,
        cellLast: top + piece.sourceLast,
      });
    }
    open = undefined;
  };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const id = statements[at++];
    if (id !== open?.id) close();
    if (id === undefined) continue;
    if (open === undefined) open = { id, first: index + 1, last: index + 1 };
    else open.last = index + 1;
  }
  close();
  return origins;
}

/** The first and last line of a statement in its cell, with the decorators and comments that belong to it. */
function linesOf({ statement, python, span }: SourcedStatement): readonly [first: number, last: number] {
  const { node, range } = statement;
  const breaks = (start: number, end: number) => python.slice(start, end).split("\n").length - 1;
  return [range.start.line - breaks(span.start, node.start), range.end.line + breaks(node.end, span.end)];
}
