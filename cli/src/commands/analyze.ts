import { Command, Option } from "commander";
import { execute } from "../execute.ts";
import type { AnalyzeOptions } from "../jobs/analyze.ts";
import { list } from "./option-values.ts";

export function analyzeCommand(): Command {
  return new Command("analyze")
    .description("find hidden state, order and reproducibility problems; nothing is executed")
    .argument("<notebook...>", "notebooks; - for standard input")
    .addOption(
      new Option("--format <format>", "of the answer").choices(["text", "json", "sarif", "github"]).default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 for findings of this severity or above")
        .choices(["error", "warning", "info", "never"])
        .default("warning"),
    )
    .addOption(new Option("--select <rules>", "only these, such as NB1,NB501").argParser(list))
    .addOption(new Option("--ignore <rules>", "not these").argParser(list))
    .addOption(
      new Option("--order <order>", "the order of the cells that is analysed")
        .choices(["document", "recorded"])
        .default("document"),
    )
    .option("--json", "one JSON object on stdout (the same as --format json)")
    .addHelpText(
      "after",
      `
Examples:
  reprise analyze titanic.ipynb
  reprise analyze notebooks/*.ipynb --fail-on error --ignore NB401
  reprise analyze titanic.ipynb --format github        annotations in a GitHub workflow`,
    )
    .action(async (notebooks: string[], options: AnalyzeOptions) => {
      const json = options.json === true || options.format === "json";
      await execute("analyze", { json }, async (call) => {
        const { analyzeNotebooks } = await import("../jobs/analyze.ts");
        return analyzeNotebooks(notebooks, options, call);
      });
    });
}
