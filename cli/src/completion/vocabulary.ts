import type { Command, Option } from "commander";

/** The words that can follow a command. */
export interface Vocabulary {
  /** The names that lead to it: `["runs", "list"]`; none for the program itself. */
  readonly path: readonly string[];
  readonly commands: readonly Word[];
  readonly options: readonly OptionWord[];
  /** What its arguments are chosen from; where there is none, they are files. */
  readonly choices: readonly string[];
}

export interface Word {
  readonly word: string;
  readonly help: string;
}

export interface OptionWord {
  readonly long: string;
  readonly short?: string;
  readonly help: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

const help: OptionWord = {
  long: "--help",
  short: "-h",
  help: "show the options, with examples",
  takesValue: false,
  choices: [],
};

/** What can be typed, for a command and all below it. */
export function vocabulary(command: Command, path: readonly string[] = []): readonly Vocabulary[] {
  const own: Vocabulary = {
    path,
    commands: command.commands.map((child) => ({ word: child.name(), help: child.summary() || child.description() })),
    options: [...command.options.map(optionWord), help],
    choices: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  };
  return [own, ...command.commands.flatMap((child) => vocabulary(child, [...path, child.name()]))];
}

function optionWord(option: Option): OptionWord {
  return {
    long: option.long ?? "",
    ...(option.short === undefined ? {} : { short: option.short }),
    help: option.description,
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  };
}
