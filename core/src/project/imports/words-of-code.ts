/** Imports, comments, texts of several lines, other texts, and words that follow no dot. */
const pieces =
  /^(?:from|import) .*|#.*|"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|(?<text>"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|(?<!\.)(?<word>\b[\p{L}_][\p{L}\p{N}_]*)/gmu;
const word = /[\p{L}_][\p{L}\p{N}_]*/gu;

/**
 * Every word of a module's code that may be a name that it reads, without parsing it: enough for code that Reprise wrote
 * itself. Those in texts of one line (f-strings, quoted annotations) are among them, those in its imports are not.
 */
export function wordsOfCode(code: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { groups = {} } of code.matchAll(pieces)) {
    if (groups.word !== undefined) words.add(groups.word);
    for (const [inText] of groups.text?.matchAll(word) ?? []) words.add(inText);
  }
  return words;
}
