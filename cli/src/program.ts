import { Command } from "commander";
import { analyzeCommand } from "./commands/analyze.ts";
import { convertCommand } from "./commands/convert.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { envCommand } from "./commands/env.ts";
import { graphCommand } from "./commands/graph.ts";
import { runCommand } from "./commands/run.ts";
import { runsCommand } from "./commands/runs.ts";
import { verifyCommand } from "./commands/verify.ts";

/** The whole command line. The commands load what they need only when they run. */
export function program(version: string): Command {
  const reprise = new Command("reprise")
    .description("Turns a Jupyter notebook into a pipeline, proves that it computes the same, and runs either again.")
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError("(--help shows the options, with examples)");
  const commands = [
    analyzeCommand(),
    graphCommand(),
    convertCommand(),
    verifyCommand(),
    runCommand(),
    runsCommand(),
    envCommand(),
    doctorCommand(),
  ];
  for (const command of commands) reprise.addCommand(command);
  return reprise;
}
