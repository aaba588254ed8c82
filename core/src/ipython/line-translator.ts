import type { CleanedText } from "./cleaned-text.ts";
import {
  type CommandText,
  helpCommand,
  hiddenCommand,
  magicCommand,
  nameAndArgument,
  runsLine,
  shellCommand,
  statementOffset,
} from "./command.ts";
import { helpCall, helpTarget } from "./help.ts";
import { readLogicalLine } from "./logical-line.ts";
import { pythonRepr } from "./python-literal.ts";
import type { MappedText } from "./source-map.ts";
import type { Command } from "./translation.ts";
import { cellCommand, commandText, readWrittenCall, type WrittenCall } from "./written-call.ts";

/** What a line that begins with one of IPython's escapes becomes. */
interface Escape {
  readonly call: string;
  readonly command?: CommandText;
}

/** Statements of Python, which cannot stand on the right of an assignment. */
const keyword =
  /^(?:for|while|if|with|import|from|def|class|del|return|raise|assert|pass|global|nonlocal|try|async|match|type)\b/;

/** Magics that run magics that run magics: nobody goes deeper, and each costs a pass over its line. */
const deepest = 16;

/** Translates the lines of a cell, logical line by logical line. */
export class LineTranslator {
  readonly #cleaned: CleanedText;
  readonly #text: string;
  readonly #made: MappedText;
  readonly #commands: Command[];
  readonly #shells: ReadonlySet<string>;
  /** Calls of the shell that are commands where they stand; left as they are. */
  readonly written: WrittenCall[] = [];
  /** Whether a line of Python asks about nothing that has a name: IPython looks for no other question then. */
  #gaveUpHelp = false;
  /** How far the text was taken over or replaced. */
  #done = 0;

  /** `shells` are names that hold IPython's shell. */
  constructor(cleaned: CleanedText, made: MappedText, commands: Command[], shells: ReadonlySet<string>) {
    this.#shells = shells;
    this.#cleaned = cleaned;
    this.#text = cleaned.text;
    this.#made = made;
    this.#commands = commands;
  }

  translate(): void {
    for (let at = 0; at < this.#text.length; ) at = this.#line(at);
    this.#copyUntil(this.#text.length);
  }

  /** Translates the logical line at `at` and returns where the next one begins. */
  #line(at: number): number {
    const first = this.#skipBlank(at);
    if (isEscape(this.#text, first)) {
      const end = this.#commandEnd(first);
      if (!this.#help(first, readLogicalLine(this.#text, first, end).help, end)) this.#escaped(first, end);
      this.#skipTrailingBlanks(end);
      return end;
    }
    const line = readLogicalLine(this.#text, at);
    if (line.assigned !== undefined) {
      const end = this.#commandEnd(line.assigned);
      const { help } = readLogicalLine(this.#text, line.assigned, end);
      if (!this.#help(line.first, help, end)) this.#assigned(line.assigned, end);
      this.#skipTrailingBlanks(end);
      return end;
    }
    if (line.help === undefined) this.#readWritten(line.first);
    else if (!this.#help(line.first, line.help, line.end)) this.#gaveUpHelp = true;
    return line.end;
  }

  /** A statement that calls the shell by its name: one whose cell magic has no place where it stands stays a call. */
  #readWritten(first: number): void {
    const call = readWrittenCall(this.#text, first, this.#shells);
    if (call === undefined) return;
    const placed = cellCommand(call, this.#text);
    if (placed !== undefined) {
      this.written.push(placed);
      return;
    }
    const [line = "", ...body] = commandText(call).split("\n");
    const [name, argument] = nameAndArgument(line.slice(2));
    this.#replace(first, call.end, cellMagicOf(name, argument, body.join("\n")));
  }

  /** Replaces a line that ends in a question mark; false where it does not, or asks about nothing that has a name. */
  #help(first: number, mark: number | undefined, end: number): boolean {
    if (mark === undefined || this.#gaveUpHelp) return false;
    const content = withoutLineEnd(this.#text.slice(first, end));
    const asked = helpTarget(content);
    if (asked === undefined) return false;
    const command = helpCommand(asked.mark, asked.target);
    this.#replace(first, first + content.length, { call: helpCall(asked.target, asked.mark), command });
    return true;
  }

  /** Translates a line that begins with an escape, through all magics that only run what stands behind them. */
  #escaped(first: number, end: number): void {
    const opened: { command: CommandText; start: number; made: number }[] = [];
    let start = first;
    while (opened.length < deepest) {
      const statement = this.#statement(start, end);
      if (statement === undefined) break;
      this.#copyUntil(start);
      opened.push({ command: statement.command, start, made: this.#made.length });
      this.#done = statement.at;
      start = statement.at;
    }
    const last = this.#trimmedEnd(start, end);
    if (isEscape(this.#text, start)) {
      this.#replace(start, last, escapeOf(joinContinued(this.#text.slice(start, end))));
    } else {
      const { assigned } = readLogicalLine(this.#text, start, end);
      if (assigned === undefined) this.#copyUntil(last);
      else this.#assigned(assigned, end);
    }
    for (const { command, start: from, made } of opened) {
      this.#commands.push({
        ...command,
        span: { start: this.#cleaned.sourceOf(from), end: this.#cleaned.sourceBehind(last) },
        pythonSpan: { start: made, end: this.#made.length },
      });
    }
  }

  /** The Python behind a magic such as `%time`, where it stands as whole Python on the magic's line. */
  #statement(start: number, end: number): { at: number; command: CommandText } | undefined {
    const raw = this.#text.slice(start, this.#trimmedEnd(start, end));
    const magic = /^%([\p{L}\p{N}_]+) /u.exec(raw);
    if (magic === null || !runsLine(magic[1] as string)) return undefined;
    const name = magic[1] as string;
    const argument = raw.slice(magic[0].length);
    const at = start + magic[0].length + statementOffset(name, argument);
    const line = readLogicalLine(this.#text, at, end);
    if (line.first >= start + raw.length || line.isOpen) return undefined;
    return { at, command: magicCommand(name, joinContinued(argument)) };
  }

  /** `x = %magic` and `x = !command`. */
  #assigned(start: number, end: number): void {
    const last = this.#trimmedEnd(start, end);
    const statement = this.#statement(start, end);
    const isValue =
      statement !== undefined &&
      !isEscape(this.#text, statement.at) &&
      !readLogicalLine(this.#text, statement.at, end).assigns &&
      !keyword.test(this.#text.slice(statement.at, statement.at + 10));
    if (!isValue) {
      const content = joinContinued(this.#text.slice(start, end));
      const shell = content.startsWith("!");
      const call = `get_ipython().getoutput(${pythonRepr(content.slice(1))})`;
      this.#replace(
        start,
        last,
        shell ? { call, command: shellCommand("!", content.slice(1)) } : magicOf(content.slice(1)),
      );
      return;
    }
    this.#copyUntil(start);
    const made = this.#made.length;
    this.#done = statement.at;
    this.#copyUntil(last);
    this.#commands.push({
      ...statement.command,
      span: { start: this.#cleaned.sourceOf(start), end: this.#cleaned.sourceBehind(last) },
      pythonSpan: { start: made, end: this.#made.length },
    });
  }

  #replace(start: number, end: number, { call, command }: Escape): void {
    this.#copyUntil(start);
    const span = { start: this.#cleaned.sourceOf(start), end: this.#cleaned.sourceBehind(end) };
    const made = this.#made.length;
    this.#made.replace(span.start, span.end, call);
    this.#done = end;
    if (command !== undefined)
      this.#commands.push({ ...command, span, pythonSpan: { start: made, end: this.#made.length } });
  }

  /** Leaves out the blanks behind a command, as IPython does. */
  #skipTrailingBlanks(end: number): void {
    this.#done = Math.max(this.#done, this.#text[end - 1] === "\n" ? end - 1 : end);
  }

  #copyUntil(end: number): void {
    this.#cleaned.copyTo(this.#made, this.#done, end);
    this.#done = Math.max(this.#done, end);
  }

  /** Behind the line end of a command, which goes on where a line ends in a backslash. */
  #commandEnd(start: number): number {
    for (let at = start; ; ) {
      const newline = this.#text.indexOf("\n", at);
      if (newline === -1) return this.#text.length;
      if (this.#text[newline - 1] !== "\\") return newline + 1;
      at = newline + 1;
    }
  }

  #trimmedEnd(start: number, end: number): number {
    return start + this.#text.slice(start, end).trimEnd().length;
  }

  #skipBlank(at: number): number {
    let next = at;
    while (this.#text[next] === " " || this.#text[next] === "\t" || this.#text[next] === "\f") next++;
    return next;
  }
}

/** `%`, `!`, `?`, `,`, `;` and `/`, where they are not the beginning of a longer operator. */
function isEscape(text: string, at: number): boolean {
  const next = text[at + 1];
  switch (text[at]) {
    case "%":
    case "!":
      return next !== "=";
    case "/":
      return next !== "=" && next !== "/";
    case "?":
    case ",":
    case ";":
      return true;
    default:
      return false;
  }
}

/** The call for a line such as `%magic args`, `!command`, `?name`, `,f a b`. */
function escapeOf(line: string): Escape {
  const rest = line.slice(1);
  if (line.startsWith("!!")) {
    return {
      call: `get_ipython().getoutput(${pythonRepr(line.slice(2))})`,
      command: shellCommand("!!", line.slice(2)),
    };
  }
  if (line.startsWith("!"))
    return { call: `get_ipython().system(${pythonRepr(rest)})`, command: shellCommand("!", rest) };
  if (line.startsWith("?")) {
    const mark = line.startsWith("??") ? "??" : "?";
    const about = line.slice(mark.length);
    return {
      call: about === "" ? "get_ipython().show_usage()" : helpCall(about, mark),
      command: helpCommand(mark, about),
    };
  }
  if (line.startsWith("%")) return magicOf(rest);
  const [name, args] = nameAndArgument(rest);
  const words = args.split(/\s+/).filter((word) => word !== "");
  if (line.startsWith(",")) return { call: `${name}("${words.join('", "')}")` };
  return { call: line.startsWith(";") ? `${name}("${args}")` : `${name}(${words.join(", ")})` };
}

/** The call for a cell magic. Its body ends where the cell does: in a line end. */
export function cellMagicOf(name: string, argument: string, body: string): Required<Escape> {
  return {
    call: `get_ipython().run_cell_magic(${[name, argument, body].map(pythonRepr).join(", ")})`,
    command: hiddenCommand(name, argument, body),
  };
}

/** `% matplotlib inline`, with a blank, was taken by old versions of IPython as it was meant. */
function magicOf(content: string): Escape {
  const [name, argument] = nameAndArgument(content.trimStart());
  return {
    call: `get_ipython().run_line_magic(${pythonRepr(name)}, ${pythonRepr(argument)})`,
    command: hiddenCommand(name, argument),
  };
}

/** One line of lines that end in backslashes. */
function joinContinued(text: string): string {
  const lines = withoutLineEnd(text).split("\n");
  const parts = lines.slice(0, -1).map((line) => line.trimEnd().slice(0, -1));
  return [...parts, (lines.at(-1) ?? "").trimEnd()].join(" ");
}

function withoutLineEnd(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}
