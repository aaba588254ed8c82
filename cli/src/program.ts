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

type Group = Readonly<Record<string, readonly [make: () => Command, summary: string]>>;

/** The commands as the first help lists them: what each is for, on one line. */
const groups: Readonly<Record<string, Group>> = {
  "The notebook:": {
    analyze: [analyzeCommand, "find what goes wrong when a notebook is run again"],
    graph: [graphCommand, "show which cells, statements or stages need which"],
    fix: [fixCommand, "write a repaired copy of a notebook"],
  },
  "The pipeline:": {
    convert: [convertCommand, "make a pipeline project of a notebook"],
    verify: [verifyCommand, "run both, and compare every value that crosses a stage"],
  },
  "The runs:": {
    run: [runCommand, "run a notebook or a project with parameters, and record it"],
    batch: [batchCommand, "run it with many sets of parameters, into one table"],
    runs: [runsCommand, "list, show and compare recorded runs"],
  },
  "This machine:": {
    env: [envCommand, "show or pin the packages that a notebook needs"],
    cache: [cacheCommand, "show or clear the cells that run --cache keeps"],
    doctor: [doctorCommand, "say what is here of what Reprise can use"],
    completion: [completionCommand, "print a completion script for bash, zsh or fish"],
  },
};

/**
 * The command line: with the one command that is `called`, or whole, where that names none. The commands load what they
 * need only when they run. A wrong call throws CommanderError.
 */
export function program(version: string, called = ""): Command {
  const reprise = new Command("reprise")
    .description("Turns a Jupyter notebook into a pipeline, proves that it computes the same, and runs either again.")
    .version(version, "-V, --version", "print the version")
    .usage("COMMAND [options]")
    .helpOption("-h, --help", "show this; after a command, its options with examples")
    .helpCommand(false)
    .showSuggestionAfterError()
    // A wrong call is told as every other problem, where it is caught.
    .configureOutput({ outputError: () => {} })
    .configureHelp({
      subcommandTerm: (command) => command.name(),
      commandDescription: (command) => sentence(command.description()),
    })
    .exitOverride()
    .addHelpText("after", examples)
    .hook("preAction", (_program, command) => applyConfiguration(command));
  // A completion script is of all.
  const isAlone = called !== "completion" && Object.values(groups).some((group) => Object.hasOwn(group, called));
  for (const [heading, group] of Object.entries(groups)) {
    for (const [name, [make, summary]] of Object.entries(group)) {
      if (isAlone && name !== called) continue;
      reprise.addCommand(inheriting(make().summary(summary).helpGroup(heading), reprise));
    }
  }
  return reprise;
}

function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).optionsGroup("Options:");
  command.helpOption("-h, --help", "show this").helpCommand(false);
  for (const child of command.commands) inheriting(child, command);
  return command;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, ".")}`;
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
