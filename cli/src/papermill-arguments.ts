/** Flags of papermill that take a name and a value as two words, and ours for them. */
const pairFlags: Readonly<Record<string, string>> = {
  "-p": "-p",
  "--parameters": "-p",
  "-r": "-r",
  "--parameters_raw": "-r",
  "--parameters-raw": "-r",
};

/**
 * Makes papermill's spelling of `run`'s options into ours: `-p NAME VALUE` becomes `-p NAME=VALUE`, which takes one
 * word as options do elsewhere, and `--parameters_file` becomes `--parameters-file`.
 */
export function fromPapermill(words: readonly string[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const flag = pairFlags[word];
    const [name, value] = [words[at + 1], words[at + 2]];
    if (flag !== undefined && name !== undefined && value !== undefined && !name.includes("=")) {
      out.push(flag, `${name}=${value}`);
      at += 2;
    } else {
      const [long = "", ...rest] = word.split("=");
      out.push(/^--\w+$/.test(long) ? [long.replaceAll("_", "-"), ...rest].join("=") : word);
    }
  }
  return out;
}
