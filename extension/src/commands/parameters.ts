/** `n_trees=300 name="two words"` as pairs; undefined where the text is something else. */
export function parseParameters(text: string): readonly (readonly [string, string])[] | undefined {
  const word = /\s*([A-Za-z_]\w*)=("[^"]*"|[^\s"]\S*|(?=\s|$))(?:\s+|$)/y;
  const found: (readonly [string, string])[] = [];
  const trimmed = text.trim();
  while (word.lastIndex < trimmed.length) {
    const match = word.exec(trimmed);
    if (match === null) return undefined;
    const [, name = "", value = ""] = match;
    found.push([name, value.startsWith('"') ? value.slice(1, -1) : value]);
  }
  return found;
}
