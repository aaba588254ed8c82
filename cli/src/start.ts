import "./prepared-formatter.ts";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { cacheFolder, commandFlags } from "@reprise/core/node";
import { runCompiled } from "./compiled-program.ts";

/** The file that holds the command line (`main.ts`), beside this one; named by what is in it. */
declare const programFile: string;

/** What commands use of Node; those that are to be quick have their own lists. */
const nodeModules = ["child_process", "crypto", "fs/promises", "stream/consumers", "tty", "util"];
const nodeModulesOf: Readonly<Record<string, readonly string[]>> = {
  analyze: ["tty"],
  convert: ["child_process", "crypto", "tty", "zlib"],
};

const [, , command = ""] = process.argv;
const require = createRequire(import.meta.filename);
// Node brings its own modules compiled, for the flags that it begins with: under others each would be compiled anew.
for (const name of nodeModulesOf[command] ?? nodeModules) require(`node:${name}`);
// Before anything is compiled: code that is kept is good for the flags that it was compiled with.
for (const flag of commandFlags) setFlagsFromString(flag);
const program = runCompiled(join(import.meta.dirname, programFile), cacheOf(command));
let hasEnded = false;
void (program as typeof import("./main.ts")).ended.then(() => {
  hasEnded = true;
});
process.once("beforeExit", () => {
  // Nothing is left that could wake it. Said nowhere, that would be a command that did its work.
  if (!hasEnded) {
    process.stderr.write(`This is a bug of Reprise: nothing is left to do, and ${command} has not ended.\n`);
    process.exitCode = 4;
  }
  // At once: to take the heap apart first takes longer than some commands.
  process.exit();
});

/** Each command has its own: what it used of the program is kept. Absent where no cache can be written. */
function cacheOf(command: string): string | undefined {
  try {
    const name = /^[a-z]+$/.test(command) ? command : "reprise";
    return join(cacheFolder("compiled"), `${name}-${process.version}-${process.arch}`);
  } catch {
    return undefined;
  }
}
