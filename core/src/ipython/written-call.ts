import { readText } from "./python-literal.ts";

/** A statement that calls IPython's shell by its name, as exported notebooks do, and the command that it is. */
export interface WrittenCall {
  /** As it would stand in a cell: `%matplotlib inline`, `files = !ls`. */
  readonly command: string;
  /** Behind the call. */
  readonly end: number;
}

/** The command that a method of the shell runs, with what it gives where that is kept; `undefined` where no line says it. */
type AsCommand = (texts: readonly string[], target: string) => string | undefined;

const methods: ReadonlyMap<string, AsCommand> = new Map(
  Object.entries<AsCommand>({
    magic: ([line, ...rest], target) =>
      rest.length > 0 ? undefined : onOneLine(`${target}%${line?.replace(/^%+/, "")}`),
    run_line_magic: ([name, argument, ...rest], target) =>
      argument === undefined || rest.length > 0 ? undefined : onOneLine(`${target}%${`${name} ${argument}`.trimEnd()}`),
    run_cell_magic: ([name, argument, body], target) =>
      body === undefined || target !== "" ? undefined : `%%${onOneLine(`${name} ${argument}`)?.trimEnd()}\n${body}`,
    system: ([line], target) => (target === "" ? onOneLine(`!${line}`) : undefined),
    getoutput: ([line], target) => onOneLine(`${target === "" ? "!!" : `${target}!`}${line}`),
  }),
);

const name = "[\\p{L}_][\\p{L}\\p{N}_]*";
const opening = new RegExp(
  `(?:(${name}(?:\\s*,\\s*${name})*)\\s*=\\s*)?((?:IPython\\.)?get_ipython\\(\\)|${name})\\s*\\.\\s*(\\w+)\\(\\s*`,
  "uy",
);
const between = /\s*,\s*/y;
const closing = /\s*,?\s*\)(?=[ \t]*;?[ \t]*(?:#|\n|$))/y;

/**
 * Reads the statement at `start` as a call of the shell whose arguments are literal texts. `shells` are the names that
 * hold the shell wherever they stand (`ipython = get_ipython()`).
 */
export function readWrittenCall(text: string, start: number, shells: ReadonlySet<string>): WrittenCall | undefined {
  opening.lastIndex = start;
  const [found, target, shell = "", method = ""] = opening.exec(text) ?? [];
  const asCommand = methods.get(method);
  if (found === undefined || asCommand === undefined) return undefined;
  if (!shell.endsWith("()") && !shells.has(shell)) return undefined;
  const texts: string[] = [];
  for (let at = start + found.length; ; at = between.lastIndex) {
    const literal = readText(text, at);
    if (literal === undefined) return undefined;
    texts.push(literal.text);
    closing.lastIndex = literal.end;
    if (closing.test(text)) break;
    between.lastIndex = literal.end;
    if (!between.test(text)) return undefined;
  }
  const command = asCommand(texts, target === undefined ? "" : `${target} = `);
  return command === undefined ? undefined : { command, end: closing.lastIndex };
}

/** Names that hold IPython's shell, and nothing else that the notebook's text shows. */
export function shellNames(sources: readonly string[]): ReadonlySet<string> {
  const all = sources.join("\n");
  const given = [
    ...all.matchAll(new RegExp(`^(${name})[ \\t]*=[ \\t]*(?:IPython\\.)?get_ipython\\(\\)[ \\t]*$`, "gmu")),
  ];
  const counts = Map.groupBy(given, ([, shell]) => shell as string);
  return new Set([...counts].filter(([shell, { length }]) => bindings(all, shell) === length).map(([shell]) => shell));
}

/** How many places of a text may bind a name: assignments, and the statements that name what they bind. */
function bindings(text: string, bound: string): number {
  const assigned = new RegExp(`(?<![\\p{L}\\p{N}_.])${bound}\\s*(?:[,\\])][^\\n=]*)?:?=(?!=)`, "gu");
  const named = new RegExp(
    `\\b(?:for|as|def|class|import|global|lambda)\\b[^\\n=]{0,300}(?<![\\p{L}\\p{N}_.])${bound}\\b`,
    "gu",
  );
  return [...text.matchAll(assigned), ...text.matchAll(named)].length;
}

/** A command that fits on a line; one that does not has no other way to be said. */
function onOneLine(line: string): string | undefined {
  return line.includes("\n") ? undefined : line;
}
