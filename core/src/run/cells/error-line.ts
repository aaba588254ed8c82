/**
 * The line of a Python program's standard error that says what it ended with (`ValueError: no such column`): the first
 * below its last traceback, whatever was written after it. Without a traceback the last line.
 */
export function errorLine(lines: readonly string[]): string | undefined {
  const trace = lines.lastIndexOf("Traceback (most recent call last):");
  return (trace === -1 ? undefined : lines.slice(trace + 1).find((line) => /^\S/.test(line))) ?? lines.at(-1);
}
