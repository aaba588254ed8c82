import { CommanderError } from "commander";
import { fromPapermill } from "./papermill-arguments.ts";
import { commandNamed, program } from "./program.ts";
import { problemText } from "./terminal/problem-text.ts";
import { version } from "./version.ts";

const [command = "", ...rest] = process.argv.slice(2);
const words = [...process.argv.slice(2, 3), ...(command === "run" ? fromPapermill(rest) : rest)];
const reprise = program(version);
try {
  await reprise.parseAsync(words, { from: "user" });
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version end here too, with 0; a wrong call is 2 in the contract, 1 in commander.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
  if (process.exitCode === 2 && error.code !== "commander.help") tellWrongCall(error.message.replace(/^error: /, ""));
}

/** In JSON where JSON was asked for, as any other problem. */
function tellWrongCall(message: string): void {
  const named = commandNamed(reprise, words);
  const problem = {
    id: "RP141",
    message,
    mend: `\`${["reprise", ...named, "--help"].join(" ")}\` shows the options, with examples.`,
  } as const;
  if (words.includes("--json")) {
    const schema = `reprise.${named.join("-") || "call"}/1`;
    process.stdout.write(`${JSON.stringify({ schema, outcome: "failed", error: problem })}\n`);
  } else {
    process.stderr.write(`${problemText(problem)}\n`);
  }
}
