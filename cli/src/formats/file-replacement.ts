import type { Edit, FilePositions, Notebook, Range } from "@reprise/core";

/** A piece of the notebook's file, and the text that takes its place. */
export interface FileReplacement {
  readonly range: Range;
  readonly text: string;
}

/**
 * An edit of a cell's source as one of the file. In an .ipynb the text becomes a part of the JSON strings that hold the
 * lines, which stays valid JSON whether they are one string or many.
 */
export function fileReplacement(
  { cell, range, text }: Edit,
  notebook: Notebook,
  positions: FilePositions,
): FileReplacement {
  const own = positions.range(cell, range);
  if (notebook.origin === undefined) return { range: own, text: JSON.stringify(text).slice(1, -1) };
  const shift = notebook.origin.lines[cell]?.[range.start.line - 1]?.shift ?? 0;
  // New lines are as deep as the one that they stand behind.
  return { range: own, text: text.replaceAll("\n", `\n${" ".repeat(shift)}`) };
}
