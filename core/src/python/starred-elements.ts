import { endOfString } from "./recovery.ts";

/** Comments, quotes, brackets, and the star of an element that begins with a bracket or a quote. */
const lexeme =
  /#[^\n]*|"""|'''|["']|[([{]|[)\]}]|(?:[,=]|\b(?:return|yield|in)(?=[ \t*]))[ \t]*(\*)(?!\*)[ \t]*(?=[([{"'])/dg;

/**
 * The text of a piece with the star of each such element outside brackets made blank, so that it is as long as before:
 * the grammar knows `return a, *b`, not `return a, *[b]`. The stars that were made blank are added to `stars`, by the
 * start of what they stand before; `base` is added to their places.
 */
export function withoutStars(text: string, base: number, stars: Map<number, number>): string {
  const pieces: string[] = [];
  let depth = 0;
  let at = 0;
  lexeme.lastIndex = 0;
  for (let match = lexeme.exec(text); match !== null; match = lexeme.exec(text)) {
    const [found] = match;
    const star = match.indices?.[1]?.[0];
    if (found.startsWith("'") || found.startsWith('"')) lexeme.lastIndex = endOfString(text, match.index, found);
    else if ("([{".includes(found)) depth++;
    else if (")]}".includes(found)) depth = Math.max(0, depth - 1);
    else if (star !== undefined && depth === 0) {
      pieces.push(text.slice(at, star), " ");
      at = star + 1;
      stars.set(base + lexeme.lastIndex, base + star);
    }
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}
