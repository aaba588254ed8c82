import { Command, Option } from "commander";
import { execute } from "../execute.ts";
import type { GraphOptions } from "../jobs/graph.ts";

export function graphCommand(): Command {
  return new Command("graph")
    .description("show which cells, statements or stages need which")
    .argument("<notebook>", "the notebook; - for standard input")
    .addOption(
      new Option("--format <format>", "of the answer").choices(["mermaid", "svg", "dot", "json"]).default("mermaid"),
    )
    .addOption(new Option("--by <unit>", "what a node is").choices(["statement", "cell", "stage"]).default("cell"))
    .option("--slice <name>", "only what the value of this name, or of this cell's index, needs")
    .option("--json", "one JSON object on stdout (the same as --format json)")
    .addHelpText(
      "after",
      `
Examples:
  reprise graph titanic.ipynb --format svg > titanic.svg
  reprise graph titanic.ipynb --by stage
  reprise graph titanic.ipynb --by statement --slice model --json`,
    )
    .action(async (notebook: string, options: GraphOptions) => {
      const json = options.json === true || options.format === "json";
      await execute("graph", { json }, async (call) => {
        const { drawGraph } = await import("../jobs/graph.ts");
        return drawGraph(notebook, options, call);
      });
    });
}
