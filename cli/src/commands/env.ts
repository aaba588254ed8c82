import { Command } from "commander";
import { execute } from "../execute.ts";
import type { EnvOptions } from "../jobs/env.ts";
import { day, pythonVersion } from "./option-values.ts";

export function envCommand(): Command {
  const env = new Command("env").description("the packages that a notebook needs, pinned").addHelpText(
    "after",
    `
Examples:
  reprise env show titanic.ipynb
  reprise env lock titanic.ipynb --as-of 2023-06-01`,
  );
  for (const [name, description] of [
    ["lock", "resolve the packages and write pylock.toml with hashes beside the notebook"],
    ["show", "say which packages a lock would hold, and why these versions"],
  ] as const) {
    const command = env
      .command(name)
      .description(description)
      .argument("<notebook>", "the notebook; - for standard input")
      .option("--python <version>", "Python version, such as 3.11", pythonVersion)
      .option("--as-of <date>", "no package newer than this day, such as 2023-06-01", day);
    if (name === "lock") command.option("-o, --output <file>", "default: pylock.toml beside the notebook");
    command.option("--json", "one JSON object on stdout").action(async (notebook: string, options: EnvOptions) => {
      await execute(`env ${name}`, options, async (call) => {
        const jobs = await import("../jobs/env.ts");
        return name === "lock" ? jobs.lockNotebook(notebook, options, call) : jobs.showLock(notebook, options, call);
      });
    });
  }
  return env;
}
