import { Command } from "commander";
import { execute } from "../execute.ts";

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("what this machine has of what Reprise can use")
    .option("--json", "one JSON object on stdout")
    .addHelpText(
      "after",
      `
Examples:
  reprise doctor
  reprise doctor --json`,
    )
    .action(async (options: { readonly json?: boolean }) => {
      await execute("doctor", options, async (call) => {
        const { examine } = await import("../jobs/doctor.ts");
        return examine(call);
      });
    });
}
