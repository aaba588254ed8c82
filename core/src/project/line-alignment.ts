/** A piece of a statement: lines of the generated text, and those of the notebook that they are. All from 0, both ends in. */
export interface AlignedLines {
  readonly first: number;
  readonly last: number;
  readonly sourceFirst: number;
  readonly sourceLast: number;
}

/** How far ahead a line is looked for; the formatter moves lines apart, but not far. */
const lookAhead = 60;

/**
 * Which line of a statement's source each line of its generated text is: by what the formatter leaves of it. A line that
 * is found nowhere is one of those between its neighbours, or any of the statement where it has none.
 */
export function alignedLines(generated: readonly string[], source: readonly string[]): readonly AlignedLines[] {
  const known = source.map(essence);
  const matches: (number | undefined)[] = [];
  let next = 0;
  for (const line of generated) {
    const wanted = essence(line);
    const end = Math.min(known.length, next + lookAhead);
    let found: number | undefined;
    for (let at = next; wanted !== "" && at < end && found === undefined; at++) if (known[at] === wanted) found = at;
    if (found !== undefined) next = found + 1;
    matches.push(found);
  }
  return pieces(matches, source.length);
}

function pieces(matches: readonly (number | undefined)[], length: number): AlignedLines[] {
  const found: AlignedLines[] = [];
  let before = -1;
  for (let at = 0; at < matches.length; at++) {
    const match = matches[at];
    const previous = found.at(-1);
    if (match !== undefined) {
      const goesOn = previous?.last === at - 1 && previous.sourceLast === match - 1 && before === match - 1;
      if (
        previous !== undefined &&
        goesOn &&
        previous.last - previous.first === previous.sourceLast - previous.sourceFirst
      ) {
        found[found.length - 1] = { ...previous, last: at, sourceLast: match };
      } else {
        found.push({ first: at, last: at, sourceFirst: match, sourceLast: match });
      }
      before = match;
      continue;
    }
    let end = at;
    while (end + 1 < matches.length && matches[end + 1] === undefined) end++;
    const after = matches[end + 1];
    const isBetween = before >= 0 && after !== undefined && after - before > 1;
    found.push({
      first: at,
      last: end,
      sourceFirst: isBetween ? before + 1 : 0,
      sourceLast: isBetween ? after - 1 : length - 1,
    });
    at = end;
  }
  return found;
}

/** A line without what a formatter changes: blanks, the kind of quotes, a comma or backslash at its end. */
function essence(line: string): string {
  return line
    .replace(/\s+/g, "")
    .replaceAll("'", '"')
    .replace(/[,\\;]$/, "");
}
