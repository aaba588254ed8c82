import type { CleanedText } from "./cleaned-text.ts";
import { runsBody } from "./command.ts";
import { type LiteralText, readText } from "./python-literal.ts";
import type { MappedText } from "./source-map.ts";

/** A piece of a text that stands as it is in another (`exact`), or stands for a piece of it. */
export type TextPiece = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly exact: boolean;
};

/** A statement that calls IPython's shell by its name, as exported notebooks do. */
export interface WrittenCall {
  readonly start: number;
  /** Behind its line. */
  readonly end: number;
  /** The command that it is, as it would stand in a cell: `%matplotlib inline`, `files = !ls`. */
  readonly command: readonly TextPiece[];
}

/** What a line or cell would have in place of the call: texts and the literals that it gives; `undefined` for what no line says. */
type AsCommand = (given: readonly LiteralText[], isKept: boolean) => readonly (string | LiteralText)[] | undefined;

const methods: ReadonlyMap<string, AsCommand> = new Map(
  Object.entries<AsCommand>({
    magic: ([line, ...rest]) =>
      line === undefined || rest.length > 0 ? undefined : onOneLine([line.text.startsWith("%") ? "" : "%", line]),
    run_line_magic: ([name, argument, ...rest]) =>
      name === undefined || argument === undefined || rest.length > 0
        ? undefined
        : onOneLine(["%", name, argument.text === "" ? "" : " ", argument]),
    run_cell_magic: ([name, argument, body], isKept) =>
      name === undefined || argument === undefined || body === undefined || isKept
        ? undefined
        : ["%%", name, argument.text === "" ? "" : " ", argument, "\n", body],
    system: ([line], isKept) => (line === undefined || isKept ? undefined : onOneLine(["!", line])),
    getoutput: ([line], isKept) => (line === undefined ? undefined : onOneLine([isKept ? "!" : "!!", line])),
  }),
);

const name = "[\\p{L}_][\\p{L}\\p{N}_]*";
const opening = new RegExp(
  `(${name}(?:\\s*,\\s*${name})*\\s*=\\s*)?((?:IPython\\.)?get_ipython\\(\\)|${name})\\s*\\.\\s*(\\w+)\\(\\s*`,
  "uy",
);
const between = /\s*,\s*/y;
/** The closing bracket and what else its line has: a comment would become a part of the command. */
const closing = /\s*,?\s*\)[ \t]*;?[ \t]*(?:#[^\n]*)?(?=\n|$)/y;

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
  const given: LiteralText[] = [];
  for (let at = start + found.length; ; at = between.lastIndex) {
    const literal = readText(text, at);
    if (literal === undefined) return undefined;
    given.push(literal);
    closing.lastIndex = literal.end;
    if (closing.test(text)) break;
    between.lastIndex = literal.end;
    if (!between.test(text)) return undefined;
  }
  const parts = asCommand(given, target !== undefined);
  if (parts === undefined) return undefined;
  const kept = { start, end: start + (target?.length ?? 0), text: target ?? "", exact: true };
  const pieces = parts.flatMap((part) =>
    typeof part === "string" ? { start, end: start, text: part, exact: false } : part.pieces,
  );
  return { start, end: closing.lastIndex, command: [kept, ...pieces].filter((piece) => piece.text !== "") };
}

/** A command as a cell's text. */
export function commandText({ command }: WrittenCall): string {
  return command.map(({ text }) => text).join("");
}

/** Puts a command in place of its call, which stands in `cleaned`, behind all that was taken over so far. */
export function writeCommand(into: MappedText, cleaned: CleanedText, { start, end, command }: WrittenCall): void {
  into.copy(into.done, cleaned.sourceOf(start));
  for (const piece of command) {
    if (piece.exact) cleaned.copyTo(into, piece.start, piece.end);
    else
      into.replace(
        Math.max(into.done, cleaned.sourceOf(piece.start)),
        Math.max(into.done, cleaned.sourceBehind(piece.end)),
        piece.text,
      );
  }
  into.leaveOut(cleaned.sourceBehind(end));
}

/**
 * A call that runs a cell, as the cell that it is part of can say it: by its magic where it is the whole cell, by its body
 * alone where that runs like other lines. `undefined` where neither can stand there.
 */
export function cellCommand(call: WrittenCall, text: string): WrittenCall | undefined {
  const [line = "", ...body] = commandText(call).split("\n");
  if (!line.startsWith("%%")) return call;
  const isAlone = text.slice(0, call.start).trim() === "" && text.slice(call.end).trim() === "";
  if (isAlone) return { ...call, end: text.length };
  const isOpen = line.trim() === "%%time" && runsBody("time", "") && !body.join("\n").trimStart().startsWith("%%");
  const isAtEdge = call.start === 0 || text[call.start - 1] === "\n";
  const lineEnd = call.command.findIndex((piece) => piece.text === "\n" && !piece.exact);
  return isOpen && isAtEdge ? { ...call, command: call.command.slice(lineEnd + 1) } : undefined;
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
function onOneLine(parts: readonly (string | LiteralText)[]): readonly (string | LiteralText)[] | undefined {
  return parts.some((part) => typeof part !== "string" && part.text.includes("\n")) ? undefined : parts;
}
