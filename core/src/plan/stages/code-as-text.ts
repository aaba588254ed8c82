/** So many lines are looked at; a longer text whose beginning is code is taken for code. */
const mostLines = 200;
const longestLine = 500;

const importing = /^(from [\w.]+ import\b|import [\w.]+( as \w+)?( *, *[\w.]+( as \w+)?)*$)/;
const assigning = /^[A-Za-z_][\w.]*(\[[^\]]*\])*( *, *[A-Za-z_][\w.]*(\[[^\]]*\])?)* *([-+*/|&]|\/\/|\*\*)?= *[^=\s]/;
const calling = /^[A-Za-z_][\w.]*(\[[^\]]*\])*[([].*[)\]([{,:;]$/;
const compound =
  /^(for .+ in .+|if .+|elif .+|else|while .+|def \w+\(.*|class \w+.*|with .+|try|except.*|finally) *:( *#.*)?$/;
const forms = [importing, assigning, calling, compound];

const keywords =
  /\b(for|in|if|elif|else|and|or|not|is|lambda|as|import|from|with|while|def|class|return|try|except|finally|await)\b/g;

/** Two words side by side that no operator or keyword joins: `k = 5 this time`. */
function isSentence(text: string): boolean {
  const bare = text
    .replace(/"[^"]*"|'[^']*'/g, "''")
    .replace(/#.*$/, "")
    .replace(keywords, ",");
  return /\w\s+\w/.test(bare);
}

/**
 * True for a text cell that is nothing but Python: a code cell that was made text so that it does not run. Its comments
 * are no headings, and its lines no sentences.
 */
export function isCodeAsText(source: string): boolean {
  const lines = source.split("\n", mostLines).map((line) => line.slice(0, longestLine).trimEnd());
  let found = 0;
  let inside = false;
  for (const line of lines) {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) continue;
    const isContinued = inside && (/^\s/.test(line) || /^[)\]}]/.test(text));
    const isStatement = forms.some((form) => form.test(text)) && !isSentence(text);
    if (!isStatement && !isContinued) return false;
    if (isStatement) found++;
    inside = true;
  }
  return found > 1 || (found === 1 && !lines.some((line) => line.startsWith("#")));
}
