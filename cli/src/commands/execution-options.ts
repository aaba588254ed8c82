import { type Command, Option } from "commander";
import { day, number, repeated } from "./option-values.ts";

/** The environment in which code runs: `run`, `batch`. */
export function withEnvironmentOptions(command: Command): Command {
  return command
    .option(
      "--environment <which>",
      "auto, kernel, locked, or the path of a lock, a virtual environment or an interpreter",
      "auto",
    )
    .option("--as-of <date>", "resolve the packages as of this day (locked environments)", day);
}

/** What code is given of the machine's network and variables, and what of it nobody sees: `run`, `batch`. */
export function withAccessOptions(command: Command): Command {
  return command
    .addOption(new Option("--network <mode>", "network (docker; default: none)").choices(["none", "bridge", "host"]))
    .addOption(new Option("--env <name[=value]>", "environment variable for the kernel").argParser(repeated))
    .addOption(
      new Option(
        "--secret <name[=source]>",
        "a variable for the kernel that is hidden in all that is shown and kept: env:VARIABLE (default), file:PATH, keyring[:SERVICE/USER]",
      ).argParser(repeated),
    );
}

/** Of commands that execute nothing, unless they are asked to: `analyze`, `fix`. */
export function withVerifyOptions(command: Command): Command {
  return command
    .option(
      "--environment <which>",
      "auto, kernel, locked, or the path of a lock, a virtual environment or an interpreter",
      "auto",
    )
    .addOption(new Option("--engine <engine>", "where it runs").choices(["local", "docker"]).default("local"))
    .option("--execution-timeout <seconds>", "for each cell", number);
}
