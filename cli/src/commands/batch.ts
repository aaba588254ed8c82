import { Command, Option } from "commander";
import { execute } from "../execute.ts";
import type { BatchOptions } from "../jobs/batch/batch-options.ts";
import { withAccessOptions, withEnvironmentOptions } from "./execution-options.ts";
import { assignment, bytes, gpus, number, repeated, wholeNumber } from "./option-values.ts";

export function batchCommand(): Command {
  const command = new Command("batch")
    .description(
      "run a notebook or a project with many sets of parameters, several at a time, into one table of results",
    )
    .argument("<notebook>", "a notebook or the folder of a project");
  return resultOptions(placeOptions(limitOptions(whichRuns(command))))
    .addHelpText(
      "after",
      `
A grid.yaml:
  grid: {model: [forest, boosting], n_trees: [100, 300]}
  when:
    - {if: {model: boosting}, grid: {learning_rate: [0.05, 0.1]}}

Examples:
  reprise batch titanic.ipynb -p n_trees 100,200,300 -p max_depth 3,5 --workers 4 --results results.csv
  reprise batch titanic.ipynb --grid grid.yaml --sample 50 --report batch.html
  reprise batch titanic.ipynb --grid grid.yaml --resume
  reprise batch titanic.ipynb --grid grid.yaml --workers 40 --engine ray --ray-address ray://head:10001`,
    )
    .action(async (source: string, options: BatchOptions) => {
      await execute("batch", options, async (call) => {
        const { runBatchOf } = await import("../jobs/batch/batch.ts");
        return runBatchOf(source, options, call);
      });
    });
}

function whichRuns(command: Command): Command {
  return command
    .optionsGroup("Which runs:")
    .option("--grid <file>", "which runs to make: YAML with lists of values, conditions, samples")
    .addOption(
      new Option("-p, --parameters <name=values>", "values with commas between them; also NAME V1,V2").argParser(
        assignment,
      ),
    )
    .addOption(new Option("-f, --parameters-file <file>", "parameters of every run, from YAML").argParser(repeated))
    .addOption(new Option("-y, --parameters-yaml <yaml>", "parameters of every run, as YAML").argParser(repeated))
    .option("--sample <number>", "draw so many of the runs (of a grid), or so many points (of a space)", wholeNumber)
    .option("--sample-seed <number>", "for other draws", wholeNumber)
    .option("--seed <number>", "seed every random stream of each run before its first cell", wholeNumber)
    .option("--resume", "make only the runs that no earlier batch has made: same code, data, parameters, environment");
}

function limitOptions(command: Command): Command {
  return command
    .optionsGroup("How many at a time, and what ends them:")
    .option("--workers <number>", "how many runs at a time", wholeNumber, 1)
    .option("--threads <number>", "threads that each run may use (default: the cores shared out)", wholeNumber)
    .option("--retries <number>", "try again what died, did not start or took too long", wholeNumber, 0)
    .option("--fail-fast", "end with the first run that fails")
    .option("--start-timeout <seconds>", "for a kernel to be ready", number, 60)
    .option("--execution-timeout <seconds>", "for each cell", number)
    .option("--timeout <seconds>", "for each run", number);
}

function placeOptions(command: Command): Command {
  return withAccessOptions(
    withEnvironmentOptions(command.optionsGroup("Where they run:"))
      .option("-k, --kernel <name>", "kernel to use instead of the one that the notebook names")
      .option("--cwd <dir>", "where relative paths start from (default: the notebook's folder)")
      .addOption(
        new Option("--engine <engine>", "where the runs run").choices(["local", "docker", "ray"]).default("local"),
      )
      .option(
        "--ray-address <address>",
        "of the Ray cluster: ray://HOST:10001, auto on a node (default: one of this machine)",
      )
      .option("--gpus <which>", "as for run (docker); how many cards Ray keeps for each run, such as 0.5 (ray)", gpus)
      .option("--image <reference>", "base image (docker); image that the runs are in, whole (ray)")
      .option("--memory <size>", "limit of each run, such as 4g (docker); what Ray keeps for it (ray)", bytes)
      .option("--cpus <number>", "limit of each run (docker); cores that Ray keeps for it (ray)", number),
  );
}

function resultOptions(command: Command): Command {
  return command
    .optionsGroup("What is kept and shown:")
    .option("--results <file>", "the table: .csv, .parquet or .json; filled as runs end")
    .option("--report <file>", "a page with metrics against parameters (HTML)")
    .option("--outputs <dir>", "write each executed notebook here, too")
    .addOption(new Option("--tracking <uri>", "tell this tracker too: an MLflow address; none").argParser(repeated))
    .option("--experiment <name>", "experiment of the runs (default: the notebook's name)")
    .option("--name <name>", "name of the batch")
    .addOption(new Option("--tag <name=value>", "a tag of every run").argParser(assignment))
    .option("--json", "one JSON object on stdout");
}
