import { Command, Option } from "commander";
import { execute } from "../execute.ts";
import type { ConvertOptions } from "../jobs/convert/convert-options.ts";
import { day, list, packageName, pythonVersion } from "./option-values.ts";

export function convertCommand(): Command {
  return new Command("convert")
    .description("turn a notebook into a pipeline project; without --prove nothing of the notebook is executed")
    .argument("<notebook>", "the notebook; - for standard input")
    .requiredOption(
      "-o, --output <dir>",
      "the project's folder; a project in it is converted again, and edits by hand are kept",
    )
    .option("--plan <file>", "a plan to follow: one of --plan-out, or the reprise.json of a project, edited")
    .option("--plan-out <file>", "write the plan that is followed there; where --plan cannot be, the nearest that can")
    .addOption(new Option("--target <targets>", "schedulers to add, such as dvc,github-actions").argParser(list))
    .option("--package <name>", "name of the Python package", packageName)
    .option("--python <version>", "Python version of the project, such as 3.11", pythonVersion)
    .option("--as-of <date>", "no package newer than this day, such as 2023-06-01", day)
    .addOption(
      new Option("--stages <how>", "cut by headings, by what the code does, or not at all").choices([
        "headings",
        "roles",
        "single",
      ]),
    )
    .addOption(
      new Option("--data-checks <how>", "how the project checks the tables that it reads")
        .choices(["plain", "pandera", "none"])
        .default("plain"),
    )
    .option("--prove", "run notebook and project, compare every value, and refine the plan until they agree")
    .option("--report <file>", "with --prove: write the verdict as an HTML page")
    .option("--dry-run", "say what would be written (in a project that is there already: as a diff), and write nothing")
    .option("--force", "write over what was edited by hand in the project that is there")
    .option("--no-lock", "do not resolve the packages")
    .option("--json", "one JSON object on stdout")
    .addHelpText(
      "after",
      `
Examples:
  reprise convert titanic.ipynb -o titanic
  reprise convert titanic.ipynb -o titanic --prove --report proof.html
  reprise convert titanic.ipynb -o titanic --target dvc,github-actions --as-of 2024-03-01
  reprise convert titanic.ipynb -o titanic --dry-run --no-lock --json`,
    )
    .action(async (notebook: string, options: ConvertOptions) => {
      await execute("convert", options, async (call) => {
        const { convertNotebook } = await import("../jobs/convert/convert.ts");
        return convertNotebook(notebook, options, call);
      });
    });
}
