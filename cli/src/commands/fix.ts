import { Command, Option } from "commander";
import { execute } from "../execute.ts";
import type { FixOptions } from "../jobs/fix.ts";
import { withVerifyOptions } from "./execution-options.ts";
import { list } from "./option-values.ts";

export function fixCommand(): Command {
  const command = new Command("fix")
    .description("write a repaired copy of a notebook; the notebook itself is never touched")
    .argument("<notebook>", "the notebook; - for standard input")
    .option("-o, --output <file>", "the repaired copy; - for standard output")
    .addOption(new Option("--only <rules>", "mend only what these rules find, such as NB1,NB204").argParser(list))
    .addOption(new Option("--ignore <rules>", "do not mend what these rules find").argParser(list))
    .option("--diff", "show what changes, cell by cell")
    .option("--dry-run", "write nothing")
    .option("--force", "overwrite the file that is there")
    .option("--json", "one JSON object on stdout");
  return withVerifyOptions(
    command
      .optionsGroup("With --verify, which runs it:")
      .option("--verify", "run the notebook before and after, and choose the order whose run gives what is saved"),
  )
    .addHelpText(
      "after",
      `
Examples:
  reprise fix titanic.ipynb -o titanic-fixed.ipynb
  reprise fix titanic.ipynb --dry-run --diff          only look
  reprise fix titanic.ipynb -o fixed.ipynb --only NB2 only seeds
  reprise fix titanic.ipynb -o fixed.ipynb --verify   run both, and show what came again`,
    )
    .action(async (notebook: string, options: FixOptions) => {
      await execute("fix", options, async (call) => {
        const { fixNotebook } = await import("../jobs/fix.ts");
        return fixNotebook(notebook, options, call);
      });
    });
}
