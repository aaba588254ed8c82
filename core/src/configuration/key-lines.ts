/** The line of a key of a TOML file, or of the nearest table above it; lines count from 1. */
export function lineOfKey(text: string, path: readonly string[]): number {
  const lines = text.split(/\r?\n/);
  let table: readonly string[] = [];
  let best = { line: 1, depth: 0 };
  for (const [at, line] of lines.entries()) {
    const header = /^\s*\[\[?([^\]]+)\]\]?/.exec(line);
    if (header !== null) table = keysOf(header[1] as string);
    const key =
      header === null
        ? /^\s*((?:"[^"]*"|'[^']*'|[\w.-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=/.exec(line)
        : null;
    if (header === null && key === null) continue;
    const here = key === null ? table : [...table, ...keysOf(key[1] as string)];
    const depth = here.every((name, index) => name === path[index]) ? here.length : 0;
    if (depth > best.depth) best = { line: at + 1, depth };
  }
  return best.line;
}

function keysOf(dotted: string): readonly string[] {
  return [...dotted.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
