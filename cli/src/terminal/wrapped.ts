/**
 * A line of text broken into lines that are no wider than the terminal, each indented like the first. What goes into a
 * file or a pipe (no `columns`) stays one line: whoever reads it there breaks it as needed.
 */
export function wrapped(text: string, columns = process.stdout.isTTY ? process.stdout.columns : undefined): string {
  if (columns === undefined || text.length <= columns) return text;
  const indent = /^\s*/.exec(text)?.[0] ?? "";
  const lines: string[] = [];
  let line = "";
  for (const word of text.trim().split(" ")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > columns) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, indent + line].join("\n");
}
