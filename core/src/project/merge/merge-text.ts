import { type Disagreement, type LineRange, markedLines } from "./conflict-markers.ts";
import { isSame, type MergedPiece, mergeLines } from "./merge-lines.ts";

export interface MergedText {
  readonly text: string;
  /** Where conflicts are marked in it; none where everything fitted. */
  readonly conflicts: readonly LineRange[];
}

export interface TextVersions {
  /** What was generated last time. */
  readonly base: string;
  /** What stands in the project now, edited by hand. */
  readonly theirs: string;
  /** What is generated now. */
  readonly ours: string;
}

/**
 * Merges what a person made of a generated text with what is generated now. In `prose` (settings, documentation) two
 * edits of one line are merged word by word; in code they are a conflict. Undefined where the texts have nothing to do
 * with each other any more.
 */
export function mergeText({ base, theirs, ours }: TextVersions, prose: boolean): MergedText | undefined {
  const pieces = mergeLines(base.split("\n"), theirs.split("\n"), ours.split("\n"));
  if (pieces === undefined) return undefined;
  const lines: string[] = [];
  const conflicts: LineRange[] = [];
  for (const piece of pieces.flatMap((each) => (each.kind === "conflict" ? refined(each, prose) : [each]))) {
    if (piece.kind === "agreed") {
      lines.push(...piece.lines);
      continue;
    }
    const marked = markedLines(piece);
    conflicts.push({ first: lines.length + 1, last: lines.length + marked.length });
    lines.push(...marked);
  }
  return { text: lines.join("\n"), conflicts };
}

/** A conflict, less what only looks like one. */
function refined(conflict: Disagreement & MergedPiece, prose: boolean): readonly MergedPiece[] {
  const { base, theirs, ours } = conflict;
  if (base.length !== theirs.length || base.length !== ours.length) {
    return isSame(withoutCells(base), withoutCells(ours)) ? [{ kind: "agreed", lines: theirs }] : [conflict];
  }
  const byLine = base.map((line, index) => mergedLine(line, theirs[index] as string, ours[index] as string, prose));
  return joined(byLine);
}

function mergedLine(base: string, theirs: string, ours: string, prose: boolean): MergedPiece {
  const agreed = (line: string): MergedPiece => ({ kind: "agreed", lines: [line] });
  if (theirs === base || theirs === ours) return agreed(ours);
  if (ours === base) return agreed(theirs);
  if (prose) {
    const words = mergeLines(wordsOf(base), wordsOf(theirs), wordsOf(ours)) ?? [];
    if (words.length > 0 && words.every(({ kind }) => kind === "agreed")) {
      return agreed(words.flatMap((piece) => (piece.kind === "agreed" ? piece.lines : [])).join(""));
    }
  }
  if (isSame(withoutCells([base]), withoutCells([ours]))) return agreed(theirs);
  return { kind: "conflict", base: [base], theirs: [theirs], ours: [ours] };
}

function wordsOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_.+-]+|\s+|[^\s\p{L}\p{N}_.+-]/gu) ?? [];
}

/** Cell numbers shift whenever a cell is inserted: a line that differs in them only says nothing new. */
function withoutCells(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/\bcells? \d+(?:(?:, | to | and )\d+)*/g, "cell"));
}

/** Neighbouring conflicts as one. */
function joined(pieces: readonly MergedPiece[]): readonly MergedPiece[] {
  const all: MergedPiece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last?.kind === "conflict" && piece.kind === "conflict") {
      all[all.length - 1] = {
        kind: "conflict",
        base: [...last.base, ...piece.base],
        theirs: [...last.theirs, ...piece.theirs],
        ours: [...last.ours, ...piece.ours],
      };
    } else all.push(piece);
  }
  return all;
}
