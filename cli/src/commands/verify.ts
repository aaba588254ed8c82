import { Command, Option } from "commander";
import { execute } from "../execute.ts";
import type { VerifyOptions } from "../jobs/verify.ts";
import { number, wholeNumber } from "./option-values.ts";

export function verifyCommand(): Command {
  return new Command("verify")
    .description("run the notebook and its project, and compare every value that crosses a stage")
    .argument("<notebook>", "the notebook")
    .argument("[dir]", "its project; made in a temporary folder where it is left out")
    .option("--rtol <number>", "relative tolerance for floats", number, 1e-9)
    .option("--atol <number>", "absolute tolerance for floats", number, 0)
    .option(
      "--environment <which>",
      "auto, kernel, locked, or the path of a lock, a virtual environment or an interpreter",
      "auto",
    )
    .addOption(new Option("--engine <engine>", "where it runs").choices(["local", "docker"]).default("local"))
    .option("--seed <number>", "seed of the streams that the notebook does not seed", wholeNumber)
    .option("--runs <number>", "how often the notebook runs, to tell what it does not reproduce itself", wholeNumber, 2)
    .option("--check", "run nothing: is the project's last proof one of the code that it has now?")
    .option("--execution-timeout <seconds>", "for each cell of the notebook", number)
    .option("--stage-timeout <seconds>", "for each stage (default: ten times the notebook, at least 300)", number)
    .option("--report <file>", "write the verdict as an HTML page")
    .option("--json", "one JSON object on stdout")
    .addHelpText(
      "after",
      `
Examples:
  reprise verify titanic.ipynb titanic
  reprise verify titanic.ipynb titanic --rtol 0 --report proof.html
  reprise verify titanic.ipynb titanic --check`,
    )
    .action(async (notebook: string, folder: string | undefined, options: VerifyOptions) => {
      await execute("verify", options, async (call) => {
        const { verifyNotebook } = await import("../jobs/verify.ts");
        return verifyNotebook(notebook, folder, options, call);
      });
    });
}
