/**
 * The blanks at the beginning of a cell's first line that do not stand before all its other lines. IPython took them from
 * all lines that begin with them until version 8; since version 9 it takes what all lines share, and such a cell is
 * refused. Absent where there are none.
 */
export function firstIndentation(source: string): string | undefined {
  const lines = source.split("\n").filter((line) => line.trim() !== "");
  const indentation = /^[ \t]+/.exec(lines[0] ?? "")?.[0];
  return indentation !== undefined && lines.some((line) => !line.startsWith(indentation)) ? indentation : undefined;
}
