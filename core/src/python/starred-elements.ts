import { endOfString } from "./recovery.ts";

/** Comments, quotes, brackets, what ends the value of a field, and the star of an element: see `withoutStars`. */
const lexeme =
  /#[^\n]*|"""|'''|["']|[([{]|[)\]}]|!(?!=)|(?<=(?:(?<!\\)\n|^|[,=[{;:]|\b(?:return|yield|in|for))[ \t]*)(\*)(?!\*)[ \t]*(?=[([{"'~+\d.-]|await\b|[a-zA-Z]{1,2}["']|(?<=:[ \t]*\*[ \t]*)[\p{L}_])|:/gu;

/** What matters in the text of an f-string, and in the format of a field. */
const inString = /\\[\s\S]|\{\{|[{\n]|"""|'''|["']/g;
const inFormat = /[{}]/g;

/** A word before a bracket that does not name what the bracket takes an item of. */
const keyword =
  /(?<![\p{L}\p{N}_.])(?:and|assert|await|case|del|elif|else|if|in|is|lambda|match|not|or|return|while|yield)$/u;

/** What is open around some place of the text. */
type Context =
  /** A bracket, and whether the grammar knows `*[a]` in it. */
  | { readonly kind: "bracket"; readonly knowsStars: boolean }
  | { readonly kind: "string"; readonly quotes: string }
  | { readonly kind: "field" }
  /** Behind the colon of a field. */
  | { readonly kind: "format" };

const patterns: Readonly<Record<Context["kind"], RegExp>> = {
  bracket: lexeme,
  field: lexeme,
  string: inString,
  format: inFormat,
};

/**
 * The text of a piece with stars of elements made blank, so that it is as long as before. Outside brackets and in those
 * of a subscript or of a field in an f-string, the grammar knows `a, *b` only: not `a, *[b]`, `x[a, *[b]]` or `a, *-b`;
 * and of annotations `*args: *b` only. With `inLists`, stars of lists are made blank too, which it knows but where they
 * are assigned to. The stars that were made blank are added to `stars`, by the start of what they stand before; `base` is
 * added to their places.
 */
export function withoutStars(text: string, base: number, stars: Map<number, number>, inLists = false): string {
  const pieces: string[] = [];
  const open: Context[] = [];
  let at = 0;
  const blank = (star: number, before: number) => {
    pieces.push(text.slice(at, star), " ");
    at = star + 1;
    stars.set(base + before, base + star);
  };
  for (let here = 0; here < text.length; ) {
    const within = open.at(-1);
    const pattern = patterns[within?.kind ?? "bracket"];
    pattern.lastIndex = here;
    const match = pattern.exec(text);
    if (match === null) break;
    here = pattern.lastIndex;
    const [found, star] = match;
    if (pattern !== lexeme) stepInText(open, found);
    else if (found.startsWith("'") || found.startsWith('"')) {
      if (isFormatted(text, match.index)) open.push({ kind: "string", quotes: found });
      else here = endOfString(text, match.index, found);
    } else if (star !== undefined) {
      const isKnown = within?.kind === "bracket" && within.knowsStars && !isAnnotation(text, match.index);
      if (!isKnown) blank(match.index, here);
    } else if ("([{".includes(found))
      open.push({ kind: "bracket", knowsStars: knowsStars(text, match.index, inLists) });
    else if (")]}".includes(found)) open.pop();
    else if (within?.kind === "field" && !found.startsWith("#")) open[open.length - 1] = { kind: "format" };
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

function stepInText(open: Context[], found: string): void {
  const within = open.at(-1);
  if (found === "{") open.push({ kind: "field" });
  else if (found === "}") open.pop();
  else if (within?.kind !== "string") return;
  else if (found === within.quotes || (found === "\n" && within.quotes.length === 1)) open.pop();
}

function isFormatted(text: string, quote: number): boolean {
  return /(?<![\p{L}\p{N}_])(?:[ft]r?|r[ft])$/iu.test(text.slice(Math.max(0, quote - 3), quote));
}

/** The star of `*args: *(a, b)`. */
function isAnnotation(text: string, star: number): boolean {
  return /[(,][ \t]*\*[ \t]*[\p{L}\p{N}_]+[ \t]*:[ \t]*$/u.test(text.slice(Math.max(0, star - 50), star));
}

function knowsStars(text: string, bracket: number, inLists: boolean): boolean {
  const followsValue = isBehindValue(text, bracket);
  if (text[bracket] === "(" && followsValue) return true;
  return !inLists && !(text[bracket] === "[" && followsValue);
}

/** Whether a bracket takes an item of what stands before it, or calls it; others hold elements. */
function isBehindValue(text: string, bracket: number): boolean {
  let end = bracket;
  while (text[end - 1] === " " || text[end - 1] === "\t") end--;
  const before = text.slice(Math.max(end - 8, 0), end);
  return /[\p{L}\p{N}_)\]}"']$/u.test(before) && !keyword.test(before);
}
