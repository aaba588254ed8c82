import { Command, Option } from "commander";
import { execute } from "../execute.ts";
import type { AnalyzeOptions } from "../jobs/analyze.ts";
import { withVerifyOptions } from "./execution-options.ts";
import { list } from "./option-values.ts";

export function analyzeCommand(): Command {
  const command = new Command("analyze")
    .description("find hidden state, order and reproducibility problems; nothing is executed without --verify")
    .argument("<notebook...>", "notebooks (.ipynb, .py, .md, .qmd); - for standard input")
    .addOption(
      new Option("--format <format>", "of the answer").choices(["text", "json", "sarif", "github"]).default("text"),
    )
    .addOption(
      new Option(
        "--fail-on <severity>",
        "exit with 1 for findings of this severity or above (default: warning)",
      ).choices(["error", "warning", "info", "never"]),
    )
    .addOption(new Option("--select <rules>", "only these, such as NB1,NB501").argParser(list))
    .addOption(new Option("--ignore <rules>", "not these").argParser(list))
    .addOption(
      new Option("--order <order>", "the order of the cells that is analysed")
        .choices(["document", "recorded"])
        .default("document"),
    )
    .option("--orders", "show the orders in which the cells may have run, the best first")
    .option("--json", "one JSON object on stdout (the same as --format json)");
  return withVerifyOptions(
    command
      .optionsGroup("With --verify, which runs it:")
      .option("--verify", "run the notebook in scratch copies and say of each finding whether it is true"),
  )
    .addHelpText(
      "after",
      `
Examples:
  reprise analyze titanic.ipynb
  reprise analyze notebooks/*.ipynb --fail-on error --ignore NB401
  reprise analyze titanic.ipynb --format github        annotations in a GitHub workflow
  reprise analyze titanic.ipynb --verify --orders      run it, and score the orders of its cells`,
    )
    .action(async (notebooks: string[], options: AnalyzeOptions) => {
      const json = options.json === true || options.format === "json";
      await execute("analyze", { json }, async (call) => {
        const { analyzeNotebooks } = await import("../jobs/analyze.ts");
        return analyzeNotebooks(notebooks, options, call);
      });
    });
}
