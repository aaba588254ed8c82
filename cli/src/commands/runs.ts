import { Command } from "commander";
import { execute } from "../execute.ts";
import type { RunsOptions } from "../jobs/runs.ts";
import { wholeNumber } from "./option-values.ts";

export function runsCommand(): Command {
  const runs = new Command("runs").description("look at recorded runs").addHelpText(
    "after",
    `
Examples:
  reprise runs list
  reprise runs show 8f3c --html run.html
  reprise runs compare 8f3c 91aa`,
  );
  runs
    .command("list")
    .description("the newest runs first")
    .option("--experiment <name>", "only of this experiment")
    .option("--limit <number>", "how many", wholeNumber, 20)
    .option("--json", "one JSON object on stdout")
    .action(async (options: RunsOptions) => {
      await execute("runs list", options, async () => (await import("../jobs/runs.ts")).listRuns(options));
    });
  runs
    .command("show")
    .description("everything that is known of a run")
    .argument("<run>", "its id, or the beginning of it")
    .option("--html <file>", "also write the page of the run")
    .option("--json", "one JSON object on stdout")
    .action(async (run: string, options: RunsOptions & { readonly html?: string }) => {
      await execute("runs show", options, async () => (await import("../jobs/runs.ts")).showRun(run, options));
    });
  runs
    .command("compare")
    .description("what differs between runs: parameters, metrics, code, data, environment")
    .argument("<run...>", "two or more ids")
    .option("--json", "one JSON object on stdout")
    .action(async (ids: string[], options: RunsOptions) => {
      await execute("runs compare", options, async () => (await import("../jobs/runs.ts")).compareRuns(ids));
    });
  return runs;
}
