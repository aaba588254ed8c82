import { nameAndArgument } from "./command.ts";

/**
 * Words that IPython takes as `%word` where they are the first of a cell of one line and no name
 * (IPython.core.prefilter): commands of the shell, which nobody imports, and other magics.
 */
const shellWords = new Set(
  "pip conda mamba uv ls ll la cd pwd cat cp mv rm mkdir rmdir head tail less more man who whos who_ls".split(" "),
);
const otherMagics = new Set(
  (
    "matplotlib pylab time timeit run load_ext reload_ext autoreload env set_env history lsmagic magic reset clear config debug " +
    "store pdb dirs pushd popd dhist prun sx system save alias unalias bookmark rehashx xmode colors macro rerun tb"
  ).split(" "),
);

/** What a line without its percent sign would be. */
export interface Automagic {
  readonly name: string;
  readonly argument: string;
}

/**
 * The magic that a cell of one line is without saying so. `unbound` are the words of which it is known that no cell
 * binds them; of others it is one only where the line could not be Python.
 */
export function automagicOf(line: string, unbound: ReadonlySet<string>): Automagic | undefined {
  const word = wordOfLine(line);
  if (word === undefined) return undefined;
  if (unbound.has(word)) {
    const argument = line.slice(word.length).trim();
    return /^[=,.([]/.test(argument) ? undefined : { name: word, argument };
  }
  const [name, argument] = nameAndArgument(line);
  // Where Python could mean something else by it, it is Python: `ls - l`, `head in rows`.
  if (!shellWords.has(name) || !/^(?:[\p{L}\d_~]|\.\.?(?:\/|$))/u.test(argument)) return undefined;
  return /^(?:in|is|if|and|or|not|for|else)\b/.test(argument) ? undefined : { name, argument };
}

/** The word that begins a cell of one line, which may be a magic; `undefined` for other cells. */
export function wordOfLine(source: string): string | undefined {
  const line = source.trim();
  return line.includes("\n") ? undefined : /^[\p{L}\p{N}_]+/u.exec(line)?.[0];
}

/** Those of the words that begin a cell of one line and that no cell of the notebook can bind, by its text. */
export function unboundAutomagics(sources: readonly string[]): ReadonlySet<string> {
  const words = new Set(
    sources.flatMap((source) => {
      const word = wordOfLine(source);
      return word !== undefined && (shellWords.has(word) || otherMagics.has(word)) ? [word] : [];
    }),
  );
  if (words.size === 0) return words;
  const all = sources.join("\n");
  const isOpen = /\bimport\s*\(?\s*\*|\b(?:exec|globals|locals)\s*\(|^\s*%(?:run|pylab|store|load)\b/m.test(all);
  return new Set(
    [...words].filter((word) => {
      if (isOpen && !shellWords.has(word)) return false;
      const binding = new RegExp(
        `(?<![\\p{L}\\p{N}_.%!])${word}\\s*(?:[,)\\]]|:(?!\\S)|:?=(?!=))|\\b(?:for|as|def|class|import|global)\\b[^\\n=]{0,300}(?<![\\p{L}\\p{N}_.])${word}(?![\\p{L}\\p{N}_])`,
        "u",
      );
      return !binding.test(all);
    }),
  );
}
