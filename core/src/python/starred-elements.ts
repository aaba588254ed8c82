import { endOfString } from "./recovery.ts";

/** Comments, quotes, brackets, and the star of an element that the grammar does not know: see `withoutStars`. */
const lexeme =
  /#[^\n]*|"""|'''|["']|[([{]|[)\]}]|(?<=(?:[,=[]|\b(?:return|yield|in))[ \t]*)(\*)(?!\*)[ \t]*(?=[([{"'~+-]|[a-zA-Z]{1,2}["'])/g;

/** A word before a bracket that does not name what the bracket takes an item of. */
const keyword =
  /(?<![\p{L}\p{N}_.])(?:and|assert|await|case|del|elif|else|if|in|is|lambda|match|not|or|return|while|yield)$/u;

/**
 * The text of a piece with stars of elements made blank, so that it is as long as before. Outside brackets and in those
 * of a subscript, the grammar knows `a, *b` only: not `a, *[b]`, `x[a, *[b]]` or `a, *-b`. The stars that were made blank
 * are added to `stars`, by the start of what they stand before; `base` is added to their places.
 */
export function withoutStars(text: string, base: number, stars: Map<number, number>): string {
  const pieces: string[] = [];
  /** Of each open bracket, whether it is a subscript's. */
  const open: boolean[] = [];
  let at = 0;
  lexeme.lastIndex = 0;
  for (let match = lexeme.exec(text); match !== null; match = lexeme.exec(text)) {
    const [found, star] = match;
    if (found.startsWith("'") || found.startsWith('"')) lexeme.lastIndex = endOfString(text, match.index, found);
    else if ("([{".includes(found)) open.push(found === "[" && isSubscript(text, match.index));
    else if (")]}".includes(found)) open.pop();
    else if (star !== undefined && open.at(-1) !== false) {
      pieces.push(text.slice(at, match.index), " ");
      at = match.index + 1;
      stars.set(base + lexeme.lastIndex, base + match.index);
    }
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

/** Whether a bracket takes an item of what stands before it; others hold a list. */
function isSubscript(text: string, bracket: number): boolean {
  let end = bracket;
  while (text[end - 1] === " " || text[end - 1] === "\t") end--;
  const before = text.slice(Math.max(end - 8, 0), end);
  return /[\p{L}\p{N}_)\]}"']$/u.test(before) && !keyword.test(before);
}
