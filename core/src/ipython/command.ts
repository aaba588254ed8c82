import { type Binding, installCommand, type Magic, magics } from "./magics.ts";
import type { Command, CommandMeaning } from "./translation.ts";

/** What a command is, without its places. */
export type CommandText = Pick<Command, "kind" | "name" | "argument" | "meaning" | "binds" | "reads"> &
  Partial<Pick<Command, "body" | "timed">>;

/** Looks a magic up. `body` is that of a cell magic. */
export function magicCommand(name: string, argument: string, body?: string): CommandText {
  const magic = magics.get(name);
  return {
    kind: body === undefined ? "line-magic" : "cell-magic",
    name,
    argument,
    ...(body === undefined ? {} : { body }),
    meaning: magicMeaning(magic, argument, body),
    binds: magic?.binds === undefined ? [] : boundNames(magic.binds, name, argument),
    reads: body === undefined || magic?.meaning === "foreign" ? interpolated(argument) : [],
    ...(magic?.times === true ? { timed: timedCode(name, argument, body) } : {}),
  };
}

/** The line of `%%timeit` sets up what its body needs. */
function timedCode(name: string, argument: string, body: string | undefined): string {
  const line = argument.slice(statementOffset(name, argument));
  return body === undefined ? line : `${line}\n${body}`;
}

/** A magic whose Python, if it runs any, does not stand in the open: it may read and change anything. */
export function hiddenCommand(name: string, argument: string, body?: string): CommandText {
  const command = magicCommand(name, argument, body);
  const isRun = magics.get(name)?.runs?.includes(body === undefined ? "line" : "cell") ?? false;
  if (command.meaning !== "python" && !isRun) return command;
  return { ...command, meaning: argument.trim() === "" && (body ?? "").trim() === "" ? "display" : "unknown" };
}

/** `!ls`, `!!ls`, `x = !ls`. */
export function shellCommand(name: "!" | "!!", argument: string): CommandText {
  const meaning = installCommand.test(argument) ? "environment" : "shell";
  return { kind: "shell", name, argument, meaning, binds: [], reads: interpolated(argument) };
}

/** `x?`, `?x`, `x??`. */
export function helpCommand(name: "?" | "??", argument: string): CommandText {
  return { kind: "help", name, argument, meaning: "display", binds: [], reads: [] };
}

/** Whether the body below a cell magic's line is Python that runs in the notebook's namespace, and all of its Python. */
export function runsBody(name: string, argument: string): boolean {
  const magic = magics.get(name);
  if (!magic?.runs?.includes("cell")) return false;
  return (
    magic.binds !== undefined || !magic.runs.includes("line") || statementOffset(name, argument) === argument.length
  );
}

/** Whether a line magic runs the Python behind its name in the notebook's namespace. */
export function runsLine(name: string): boolean {
  return magics.get(name)?.runs?.includes("line") ?? false;
}

/** Where the Python of a magic's line begins, behind its options; the length of `argument` where there is none. */
export function statementOffset(name: string, argument: string): number {
  const valued = magics.get(name)?.valuedOptions ?? [];
  const words = /\s*(\S+)/y;
  let at = 0;
  for (let word = words.exec(argument); word?.[1]?.startsWith("-"); word = words.exec(argument)) {
    at = words.lastIndex;
    if (valued.includes(word[1])) {
      words.exec(argument);
      at = words.lastIndex || argument.length;
    }
    words.lastIndex = at;
  }
  const blank = /\s*/y;
  blank.lastIndex = at;
  blank.test(argument);
  return blank.lastIndex;
}

function magicMeaning(magic: Magic | undefined, argument: string, body: string | undefined): CommandMeaning {
  if (magic === undefined) return "unknown";
  const isShell = magic.meaning === "shell";
  return isShell && installCommand.test(body ?? argument) ? "environment" : magic.meaning;
}

function boundNames(binding: Binding, name: string, argument: string): readonly string[] {
  if (binding === "any") return ["*"];
  const words = argument.split(/\s+/).filter((word) => word !== "");
  const plain = words.filter((word) => !word.startsWith("-"));
  if (binding === "arguments") {
    // `%store` without -r only saves.
    if (name === "store" && !words.includes("-r")) return [];
    return plain.length === 0 ? ["*"] : plain.filter(isName);
  }
  if (binding === "first-argument") return plain.slice(0, 1).filter(isName);
  if (binding === "arrow") {
    const arrow = words.indexOf("<<");
    return arrow > 0 ? [words[arrow - 1] as string].filter(isName) : [];
  }
  return words.flatMap((word, index) => {
    const [option, value] = word.includes("=") ? word.split("=", 2) : [word, words[index + 1]];
    return binding.includes(option as string) ? (value ?? "").split(",").filter(isName) : [];
  });
}

/** Names in `{expression}` and `$name`, which IPython puts into a command before it runs it. */
function interpolated(argument: string): readonly string[] {
  const names = new Set<string>();
  for (const [, expression, name] of argument.matchAll(/\{([^{}]*)\}|(?<!\$)\$([\p{L}_][\p{L}\p{N}_]*)/gu)) {
    if (name !== undefined) names.add(name);
    for (const [found] of (expression ?? "").matchAll(/(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]*/gu)) names.add(found);
  }
  return [...names];
}

function isName(word: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(word);
}

/** The name and the argument of a magic's line, parted as IPython does: at the first blank. */
export function nameAndArgument(line: string): [name: string, argument: string] {
  const blank = line.indexOf(" ");
  return blank === -1 ? [line, ""] : [line.slice(0, blank), line.slice(blank + 1)];
}
