import type { DiffPiece } from "../cli/answer.ts";

/** A file as the pieces of its diff would leave it. Lines that stay are the file's own: a diff shows secrets as dots. */
export function applyPieces(text: string, pieces: readonly DiffPiece[]): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const made: string[] = [];
  let at = 0;
  for (const { oldStart, oldLines, lines: changes } of pieces) {
    // Where a piece takes nothing away, it names the line before it.
    const start = oldLines === 0 ? oldStart : oldStart - 1;
    made.push(...lines.slice(at, start));
    at = start;
    changes.forEach((change, index) => {
      // `\ No newline at end of file`
      const end = changes[index + 1]?.startsWith("\\") ? "" : "\n";
      if (change.startsWith("+")) made.push(change.slice(1) + end);
      if (change.startsWith(" ")) made.push(lines[at] ?? change.slice(1) + end);
      if (change.startsWith(" ") || change.startsWith("-")) at += 1;
    });
  }
  return [...made, ...lines.slice(at)].join("");
}
