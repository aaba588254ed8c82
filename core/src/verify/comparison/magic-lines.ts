import type { Command } from "../../ipython/translation.ts";

/** What IPython says when a magic has done what it does: the Python that a project has in its place says nothing. */
const told: Readonly<Record<string, RegExp>> = {
  env: /^env: \w+=/,
  set_env: /^env: \w+=/,
  cd: /^(?:[~/\\]|[A-Za-z]:)/,
  pushd: /^(?:[~/\\]|[A-Za-z]:)/,
  popd: /^(?:[~/\\]|[A-Za-z]:)/,
  writefile: /^(?:Writing|Overwriting|Appending to) /,
  file: /^(?:Writing|Overwriting|Appending to) /,
};

/** Whether a line that a cell printed is such an announcement of one of its commands. */
export function isToldByMagic(line: string, commands: readonly Command[]): boolean {
  return commands.some(({ name }) => Object.hasOwn(told, name) && told[name]?.test(line));
}

/** A cell's printed text without such lines. */
export function withoutMagicLines(text: string, commands: readonly Command[]): string {
  if (commands.length === 0) return text;
  return text
    .split(/(?<=\n)/)
    .filter((line) => !isToldByMagic(line, commands))
    .join("");
}
