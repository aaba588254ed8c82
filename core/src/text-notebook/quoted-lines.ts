/** Follows Python's triple quotes from line to line, so that what looks like a marker inside a string is none. */
export class QuotedLines {
  #open: '"""' | "'''" | undefined;

  /** Whether the next line begins inside a string. */
  get isQuoted(): boolean {
    return this.#open !== undefined;
  }

  read(line: string): void {
    let at = 0;
    if (this.#open === undefined && /^\s*#/.test(line)) return;
    while (at < line.length) {
      if (this.#open !== undefined) {
        const end = closing(line, at, this.#open);
        if (end === -1) return;
        at = end + 3;
        this.#open = undefined;
        continue;
      }
      const quote = line[at] as string;
      if (quote === "#") return;
      if (quote !== '"' && quote !== "'") {
        at += 1;
        continue;
      }
      const triple = quote === '"' ? '"""' : "'''";
      if (line.startsWith(triple, at)) {
        this.#open = triple;
        at += 3;
        continue;
      }
      const end = closing(line, at + 1, quote);
      if (end === -1) return;
      at = end + 1;
    }
  }
}

/** Where the quotes stand next that no backslash takes the meaning of. */
function closing(line: string, from: number, quotes: string): number {
  for (let at = from; at < line.length; at++) {
    if (line[at] === "\\") at += 1;
    else if (line.startsWith(quotes, at)) return at;
  }
  return -1;
}
