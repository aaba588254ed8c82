import { type Problem, ProblemError } from "@reprise/core";
import { CommanderError } from "commander";
import { fromPapermill } from "./papermill-arguments.ts";
import { commandNamed, program } from "./program.ts";
import { problemText } from "./terminal/problem-text.ts";
import { version } from "./version.ts";

const [command = "", ...rest] = process.argv.slice(2);
const words = [...process.argv.slice(2, 3), ...(command === "run" || command === "batch" ? fromPapermill(rest) : rest)];
const reprise = program(version);
try {
  await reprise.parseAsync(words, { from: "user" });
} catch (error) {
  if (error instanceof ProblemError) {
    process.exitCode = error.exitCode;
    tell(error.problem);
  } else if (error instanceof CommanderError) {
    // Help and version end here too, with 0; a wrong call is 2 in the contract, 1 in commander.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    if (process.exitCode === 2 && error.code !== "commander.help") tell(wrongCall(error.message));
  } else throw error;
}

function wrongCall(message: string): Problem {
  const call = ["reprise", ...commandNamed(reprise, words), "--help"].join(" ");
  return {
    id: "RP141",
    message: message.replace(/^error: /, ""),
    mend: `\`${call}\` shows the options, with examples.`,
  };
}

/** A problem before any command ran: in JSON where JSON was asked for, as any other. */
function tell(problem: Problem): void {
  if (words.includes("--json")) {
    const schema = `reprise.${commandNamed(reprise, words).join("-") || "call"}/1`;
    process.stdout.write(`${JSON.stringify({ schema, outcome: "failed", error: problem })}\n`);
  } else {
    process.stderr.write(`${problemText(problem)}\n`);
  }
}
