import { Command } from "commander";
import { analyzeCommand } from "./commands/analyze.ts";
import { batchCommand } from "./commands/batch.ts";
import { cacheCommand } from "./commands/cache.ts";
import { completionCommand } from "./commands/completion.ts";
import { convertCommand } from "./commands/convert.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { envCommand } from "./commands/env.ts";
import { fixCommand } from "./commands/fix.ts";
import { graphCommand } from "./commands/graph.ts";
import { runCommand } from "./commands/run.ts";
import { runsCommand } from "./commands/runs.ts";
import { verifyCommand } from "./commands/verify.ts";
import { applyConfiguration } from "./configured-options.ts";

const examples = `
Examples:
  reprise analyze titanic.ipynb                      what goes wrong when it is run again
  reprise convert titanic.ipynb -o titanic --prove   its pipeline, proven to compute the same
  reprise run titanic.ipynb -p n_trees 300           run it with another value, and record the run
  reprise COMMAND --help                             every option of a command`;

/** The whole command line. The commands load what they need only when they run. A wrong call throws CommanderError. */
export function program(version: string): Command {
  const reprise = new Command("reprise")
    .description("Turns a Jupyter notebook into a pipeline, proves that it computes the same, and runs either again.")
    .version(version)
    .showSuggestionAfterError()
    // A wrong call is told as every other problem, where it is caught.
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText("after", examples)
    .hook("preAction", (_program, command) => applyConfiguration(command));
  const commands = [
    analyzeCommand(),
    graphCommand(),
    fixCommand(),
    convertCommand(),
    verifyCommand(),
    runCommand(),
    batchCommand(),
    runsCommand(),
    envCommand(),
    cacheCommand(),
    doctorCommand(),
    completionCommand(),
  ];
  for (const command of commands) {
    reprise.addCommand(inheriting(command, reprise));
  }
  return reprise;
}

function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheriting(child, command);
  return command;
}

/** The names of the command that the words of a call begin with: `["runs", "list"]`. */
export function commandNamed(reprise: Command, words: readonly string[]): readonly string[] {
  const names: string[] = [];
  let at: Command | undefined = reprise;
  for (const word of words) {
    at = at.commands.find((command) => command.name() === word);
    if (at === undefined) break;
    names.push(word);
  }
  return names;
}
