/** What IPython prints of itself: lines of their own, which say nothing of what was computed. */
const ownLines = [
  // `%time` and `%timeit`.
  /^CPU times: (?:user |total: ).*$/,
  /^Wall time: \S+ \S+$/,
  /^(?:Compiler|Parser) *: \S+ \S+$/,
  /^\S+ \S+ ± \S+ \S+ per loop \(mean ± std\. dev\. of \d+ runs?, [\d,]+ loops? each\)$/,
  /^The slowest run took \S+ times longer than the fastest\. This could mean that an intermediate result is being cached\.$/,
  // A figure that could not be drawn at the end of the cell, which stops nothing.
  /^Error in callback <function .*> \(for post_(?:execute|run_cell)\)/,
];

/** A cell's printed text without such lines. */
export function withoutIPythonLines(text: string): string {
  if (!/CPU times|Wall time|per loop|Error in callback/.test(text)) return text;
  return text
    .split(/(?<=\n)/)
    .filter((line) => !ownLines.some((own) => own.test(line.trimEnd())))
    .join("");
}
