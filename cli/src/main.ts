import "./prepared-formatter.ts";
import { type Problem, ProblemError } from "@reprise/core";
import { CommanderError } from "commander";
import { fromPapermill } from "./papermill-arguments.ts";
import { commandNamed, program } from "./program.ts";
import { problemText } from "./terminal/problem-text.ts";
import { version } from "./version.ts";

const reprise = program(version, process.argv[2]);
const words = wordsOf(process.argv.slice(2));
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that went away (`| head`) has what it wanted.
    if (error.code !== "EPIPE") throw error;
  });
}

/** Settles when the command has ended; it has set the exit code then. */
export const ended: Promise<void> = reprise.parseAsync(words, { from: "user" }).then(() => undefined, fail);

function fail(error: unknown): void {
  if (error instanceof ProblemError) {
    process.exitCode = error.exitCode;
    tell(error.problem);
  } else if (error instanceof CommanderError) {
    // Help and version end here too, with 0; a wrong call is 2 in the contract, 1 in commander.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    if (process.exitCode === 2 && error.code !== "commander.help") tell(wrongCall(error.message));
  } else throw error;
}

/** The words of the call as the commands know them: papermill's flags translated, `help runs list` as `runs list --help`. */
function wordsOf([command, ...rest]: readonly string[]): readonly string[] {
  if (command === "help") return commandNamed(reprise, rest).length < rest.length ? rest : [...rest, "--help"];
  if (command === "run" || command === "batch") return [command, ...fromPapermill(rest)];
  return command === undefined ? [] : [command, ...rest];
}

function wrongCall(said: string): Problem {
  const [message = "", suggestion] = said.replace(/^error: /, "").split(/\n\(|\)$/);
  const call = ["reprise", ...commandNamed(reprise, words), "--help"].join(" ");
  const help = `\`${call}\` shows the options, with examples.`;
  return { id: "RP141", message, mend: suggestion === undefined ? help : `${suggestion} ${help}` };
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
