/** What `%run` is asked to run. */
export interface RunArgument {
  readonly path: string;
  /** `-i`. */
  readonly sharesNames: boolean;
  /** `-n`: the file's `__name__` is not `__main__`. */
  readonly isNamed: boolean;
}

/** Why the text behind `%run` does not say which file runs, and how. */
export interface UnclearRun {
  readonly path: string;
  readonly why: string;
  readonly mend: string;
}

/** Options that change nothing of what is computed, and those that do. */
const followed = new Set(["-i", "-n", "-e"]);

/**
 * Reads the text behind `%run` as IPython does: options, a path, arguments for the script. To IPython a remark is arguments
 * too, of which a script that does not read its command line learns nothing.
 */
export function readRunArgument(argument: string): RunArgument | UnclearRun {
  const words = [...argument.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => ({
    text: double ?? single ?? bare ?? "",
    isBare: bare !== undefined,
  }));
  const first = words.findIndex(({ text, isBare }) => !(isBare && text.startsWith("-")));
  const options = words.slice(0, first === -1 ? undefined : first).map(({ text }) => text);
  const path = words[first]?.text ?? "";
  const unknown = options.find((option) => !followed.has(option));
  if (unknown !== undefined) {
    return {
      path,
      why: `${unknown} makes %run do something else than run a file`,
      mend: "Import what is needed from the module instead.",
    };
  }
  if (path === "") return { path, why: "%run names no file", mend: "Name the file that it runs." };
  if (/[{}$*?]|^~/.test(path)) {
    return {
      path,
      why: `which file ${path} means is only known while the notebook runs`,
      mend: "Write the path out.",
    };
  }
  const given = words[first + 1];
  const isRemark = given?.isBare === true && given.text.startsWith("#");
  if (given !== undefined && !isRemark) {
    return {
      path,
      why: `${path} is given arguments, as a program is on its command line`,
      mend: `Put what it does into a function, and call that with these arguments.`,
    };
  }
  return { path, sharesNames: options.includes("-i"), isNamed: options.includes("-n") };
}
