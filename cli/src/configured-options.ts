import { dirname, resolve } from "node:path";
import { type CommandOptions, type Configuration, ProblemError } from "@reprise/core";
import { type Command, InvalidArgumentError, type Option } from "commander";
import { list } from "./commands/option-values.ts";
import { shownPath } from "./input.ts";

/** Commands whose options a configuration can give. */
const configurable: ReadonlySet<string> = new Set(["convert", "run", "verify"]);

/** Gives a command the options that the configuration of its notebook names, where the call does not. Throws ProblemError RP145. */
export async function applyConfiguration(command: Command): Promise<void> {
  const [source] = command.args;
  if (source === undefined || !configurable.has(command.name())) return;
  const { configurationOf } = await import("./jobs/settings.ts");
  const configuration = await configurationOf(source);
  const given = configuration?.commands[command.name()];
  if (configuration === undefined || given === undefined) return;
  for (const [name, value] of Object.entries(given)) {
    const option = command.options.find(({ long }) => long === `--${name}` || long === `--no-${name}`);
    if (option === undefined) throw new Error(`${command.name()} has no option ${name}, which the schema names`);
    const key = option.attributeName();
    if (command.getOptionValueSource(key) === "cli") continue;
    const parsed = optionValue(option, value, { configuration, path: [command.name(), name] });
    command.setOptionValueWithSource(key, parsed, "config");
  }
}

interface Place {
  readonly configuration: Configuration;
  readonly path: readonly string[];
}

/** As if the value stood in the call. */
function optionValue(option: Option, value: CommandOptions[string], place: Place): unknown {
  if (typeof value === "boolean") return value;
  if (Array.isArray(value)) {
    if (option.parseArg === list) return value;
    return value.reduce<unknown>((before, item) => parsed(option, String(item), before, place), undefined);
  }
  const text =
    place.path.at(-1) === "environment" ? environmentPath(String(value), place.configuration) : String(value);
  return parsed(option, text, undefined, place);
}

function parsed(option: Option, text: string, before: unknown, { configuration, path }: Place): unknown {
  try {
    return option.parseArg === undefined ? text : option.parseArg(text, before as never);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new ProblemError({
      id: "RP145",
      message: `\`${path.join(".")}\` cannot be ${JSON.stringify(text)}: ${error.message}`,
      place: { file: shownPath(configuration.file), line: configuration.lineOf(path), column: 1 },
      mend: `\`reprise ${path[0]} --help\` says what ${option.long} takes.`,
    });
  }
}

/** A path is seen from the file that names it. */
function environmentPath(which: string, { file }: Configuration): string {
  return ["auto", "kernel", "locked"].includes(which) ? which : resolve(dirname(file), which);
}
