/** What IPython's `%time` and `%timeit` print: lines of their own, which say nothing of what was computed. */
const timeLines = [
  /^CPU times: (?:user |total: ).*$/,
  /^Wall time: \S+ \S+$/,
  /^(?:Compiler|Parser) *: \S+ \S+$/,
  /^\S+ \S+ ± \S+ \S+ per loop \(mean ± std\. dev\. of \d+ runs?, [\d,]+ loops? each\)$/,
  /^The slowest run took \S+ times longer than the fastest\. This could mean that an intermediate result is being cached\.$/,
];

/** A cell's printed text without such lines. */
export function withoutMagicTimes(text: string): string {
  if (!/CPU times|Wall time|per loop/.test(text)) return text;
  return text
    .split(/(?<=\n)/)
    .filter((line) => !timeLines.some((times) => times.test(line.trimEnd())))
    .join("");
}
