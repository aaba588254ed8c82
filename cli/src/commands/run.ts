import { Command, Option } from "commander";
import { execute } from "../execute.ts";
import type { RunOptions } from "../jobs/run/run-options.ts";
import { withAccessOptions, withEnvironmentOptions } from "./execution-options.ts";
import { assignment, bytes, gpus, number, repeated, wholeNumber } from "./option-values.ts";
import { withPapermillOptions } from "./papermill-options.ts";

export function runCommand(): Command {
  const command = new Command("run")
    .description("run a notebook or a generated project in a pinned environment, with parameters, and record the run")
    .argument("<notebook>", "a notebook (- for standard input, or an address) or the folder of a project")
    .argument("[output]", "where the executed notebook is written: a file, an address; - for standard output");
  return withPapermillOptions(resultOptions(placeOptions(cellOptions(parameterOptions(command)))))
    .addHelpText(
      "after",
      `
Examples:
  reprise run titanic.ipynb out.ipynb -p n_trees 300 -p test_size 0.3
  reprise run titanic.ipynb --engine docker --memory 4g --tracking http://localhost:5000
  reprise run my-project -p n_trees 300 --json
  reprise run train.ipynb --secret DB_PASSWORD --secret API_TOKEN=keyring:service/user
  reprise run train.ipynb out.ipynb --cache
  reprise run s3://team/train.ipynb s3://team/runs/today.ipynb`,
    )
    .action(async (source: string, output: string | undefined, given: RunOptions) => {
      await execute("run", given, async (call) => {
        const { runSource } = await import("../jobs/run/run.ts");
        return runSource(source, output, given, call);
      });
    });
}

function parameterOptions(command: Command): Command {
  return command
    .optionsGroup("Parameters:")
    .addOption(
      new Option(
        "-p, --parameters <name=value>",
        "a parameter, typed by its annotation and default; also NAME VALUE",
      ).argParser(assignment),
    )
    .addOption(
      new Option("-r, --parameters-raw <name=value>", "a parameter that is text, whatever it looks like").argParser(
        assignment,
      ),
    )
    .addOption(new Option("-f, --parameters-file <file>", "parameters from a YAML file").argParser(repeated))
    .addOption(new Option("-y, --parameters-yaml <yaml>", "parameters as YAML").argParser(repeated))
    .addOption(new Option("-b, --parameters-base64 <text>", "parameters as YAML in base64").argParser(repeated))
    .option("--seed <number>", "seed every random stream before the first cell", wholeNumber);
}

function cellOptions(command: Command): Command {
  return command
    .optionsGroup("Which cells, and what ends the run:")
    .option("--from <cell>", "run the cells from this index on, and what they need before it", wholeNumber)
    .option("--to <cell>", "run no cell after this index", wholeNumber)
    .addOption(new Option("--only <name>", "run just the cells that the value of this name needs").argParser(repeated))
    .option("--resume", "continue the last run of this notebook, which was cut off or failed")
    .option("--cache", "take cells that would give the same again from earlier runs, and save those of this one")
    .option("--prepare-only", "write the notebook with its parameters, execute nothing")
    .option("--allow-errors", "go on after a cell that raises")
    .addOption(
      new Option("--allow-error <name>", "go on after an error of this name, such as KeyError").argParser(repeated),
    )
    .option("--force-errors", "end at the first error, also in cells tagged raises-exception")
    .option("--start-timeout <seconds>", "for the kernel to be ready", number, 60)
    .option("--execution-timeout <seconds>", "for each cell", number)
    .option("--timeout <seconds>", "for the whole notebook", number)
    .addOption(
      new Option("--on-timeout <what>", "end the run, or interrupt the cell and go on")
        .choices(["fail", "interrupt"])
        .default("fail"),
    );
}

function placeOptions(command: Command): Command {
  return withAccessOptions(
    withEnvironmentOptions(command.optionsGroup("Where it runs:"))
      .option("-k, --kernel <name>", "kernel to use instead of the one that the notebook names")
      .option(
        "--cwd <dir>",
        "where relative paths start from (default: the notebook's folder; for a project the current one)",
      )
      .addOption(new Option("--engine <engine>", "where it runs").choices(["local", "docker"]).default("local"))
      .option("--image <reference>", "base image (docker)")
      .option("--gpus <which>", "all, none, optional, how many, or device=ID,ID (docker)", gpus, "none")
      .option("--memory <size>", "limit, such as 4g (docker)", bytes)
      .option("--cpus <number>", "limit (docker)", number),
  );
}

function resultOptions(command: Command): Command {
  return command
    .optionsGroup("What is kept and shown:")
    .option("--html <file>", "a page of the run: status, metrics, what it used, the notebook")
    .option("--log-output", "show the cells' text output as it comes")
    .addOption(new Option("--tracking <uri>", "tell this tracker too: an MLflow address; none").argParser(repeated))
    .option("--experiment <name>", "experiment of the run (default: the notebook's name)")
    .option("--name <name>", "name of the run")
    .addOption(new Option("--tag <name=value>", "a tag of the run").argParser(assignment))
    .option("--no-save", "write no output notebook")
    .option("--json", "one JSON object on stdout");
}
