import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { cacheFolder, commandFlags } from "@reprise/core/node";
import { runCompiled } from "./compiled-program.ts";

/** The file that holds the command line (`main.ts`), beside this one; named by what is in it. */
declare const programFile: string;

/** What the commands use of Node. */
const nodeModules = ["child_process", "crypto", "fs/promises", "tty", "util", "worker_threads", "zlib"];

const require = createRequire(import.meta.url);
// Node brings its own modules compiled, for the flags that it begins with: under others each would be compiled anew.
for (const name of nodeModules) require(`node:${name}`);
// Before anything is compiled: code that is kept is good for the flags that it was compiled with.
for (const flag of commandFlags) setFlagsFromString(flag);
const program = runCompiled(join(import.meta.dirname, programFile), cacheOf(process.argv[2]));
// Node tells where a process ends before its command does.
await (program as typeof import("./main.ts")).ended;

/** Each command has its own: what it used of the program is kept. Absent where no cache can be written. */
function cacheOf(command = ""): string | undefined {
  try {
    const name = /^[a-z]+$/.test(command) ? command : "reprise";
    return join(cacheFolder("compiled"), `${name}-${process.version}-${process.arch}`);
  } catch {
    return undefined;
  }
}
