import { structuredPatch } from "diff";
import { withoutTokens } from "../../rules/files/token-formats.ts";
import type { FileOutcome } from "./merge-file.ts";

/** A piece of a unified diff. Lines count from 1 and begin with a blank, `+` or `-`. */
export interface DiffPiece {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
}

/** What would change in a file of a project; nothing where nothing does. Secrets are shown as dots. */
export function fileDiff({ path, before, after }: FileOutcome): readonly DiffPiece[] {
  const one = before ?? "";
  const other = after ?? "";
  if (one === other) return [];
  const patch = structuredPatch(path, path, one, other, undefined, undefined, { context: 3, maxEditLength: 4000 });
  // Texts that have nothing in common: all of the one gives way to all of the other.
  const hunks = patch?.hunks ?? [wholeDiff(one, other)];
  return hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    oldStart,
    oldLines,
    newStart,
    newLines,
    lines: lines.map(withoutTokens),
  }));
}

/** The pieces as `diff -u` writes them. */
export function unifiedDiff(outcome: FileOutcome): readonly string[] {
  const pieces = fileDiff(outcome);
  if (pieces.length === 0) return [];
  const { path, from = path, before, after } = outcome;
  return [
    `--- ${before === undefined ? "/dev/null" : `a/${from}`}`,
    `+++ ${after === undefined ? "/dev/null" : `b/${path}`}`,
    ...pieces.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
      ...lines,
    ]),
  ];
}

function wholeDiff(one: string, other: string): DiffPiece {
  const [before, after] = [one.split("\n"), other.split("\n")];
  return {
    oldStart: 1,
    oldLines: before.length,
    newStart: 1,
    newLines: after.length,
    lines: [...before.map((line) => `-${line}`), ...after.map((line) => `+${line}`)],
  };
}
