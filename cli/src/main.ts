import { CommanderError } from "commander";
import { fromPapermill } from "./papermill-arguments.ts";
import { program } from "./program.ts";
import { version } from "./version.ts";

const [command = "", ...rest] = process.argv.slice(2);
const words = [...process.argv.slice(2, 3), ...(command === "run" ? fromPapermill(rest) : rest)];
const reprise = program(version);
for (const one of [reprise, ...reprise.commands, ...reprise.commands.flatMap((parent) => parent.commands)]) {
  one.exitOverride();
}
try {
  await reprise.parseAsync(words, { from: "user" });
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version end here too, with 0; a wrong call is 2 in the contract, 1 in commander.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
  if (process.exitCode === 2 && words.includes("--json")) {
    const message = error.message.replace(/^error: /, "");
    const mend = `See: reprise ${command} --help`;
    const answer = { schema: `reprise.${command}/1`, outcome: "failed", error: { id: "RP141", message, mend } };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
