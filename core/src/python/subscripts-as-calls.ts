import { endOfString } from "./recovery.ts";

/** Comments, quotes, brackets; of those of a subscript, whether it may begin an annotation or what a type stands for. */
const lexeme = /#[^\n]*|"""|'''|["']|(?<=(?::|->|=)[ \t]*[\p{L}_][\p{L}\p{N}_.]*[ \t]*)(\[)|[([{]|[)\]}]/gu;

/**
 * The text with the brackets of `a[b]` behind `:`, `->` and `=` written as those of a call, so that it is as long as
 * before. In an annotation the grammar takes `a[b]` for the whole type, and knows neither `a[b][c]` nor `a[b] + c` nor
 * `a[b] if c else d`. Which brackets stand there is told by the text that was not changed.
 */
export function subscriptsAsCalls(text: string): string {
  const pieces: string[] = [];
  /** Of each open bracket, whether it was changed. */
  const open: boolean[] = [];
  let at = 0;
  const put = (index: number, bracket: string) => {
    pieces.push(text.slice(at, index), bracket);
    at = index + 1;
  };
  lexeme.lastIndex = 0;
  for (let match = lexeme.exec(text); match !== null; match = lexeme.exec(text)) {
    const [found, subscript] = match;
    if (found.startsWith("'") || found.startsWith('"')) lexeme.lastIndex = endOfString(text, match.index, found);
    else if ("([{".includes(found)) {
      if (subscript !== undefined) put(match.index, "(");
      open.push(subscript !== undefined);
    } else if (")]}".includes(found) && open.pop()) put(match.index, ")");
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}
