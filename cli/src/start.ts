import nodeModule from "node:module";
import { setFlagsFromString } from "node:v8";
import { cacheFolder, commandFlags, preparePythonFormatter } from "@reprise/core/node";

/** What the commands use of Node. */
const nodeModules = ["child_process", "crypto", "fs/promises", "tty", "util", "worker_threads", "zlib"];

// It needs longer than anything else that a conversion loads.
if (process.argv[2] === "convert") preparePythonFormatter();
// Node brings its own modules compiled, for the flags that it begins with: under others each would be compiled anew.
await Promise.all(nodeModules.map((name) => import(`node:${name}`)));
// Before the cache: what is kept in it is good for the flags that it was compiled with.
for (const flag of commandFlags) setFlagsFromString(flag);
// Compiling what is loaded takes a fifth of a short command's time; Node keeps it for the next one. It is in a folder of
// the user's own: code must not come from one that others can write.
try {
  nodeModule.enableCompileCache(cacheFolder("compiled"));
} catch {
  // Without a cache that can be written, or before Node 22.8, the start is slower, and nothing else.
}
await import("./main.ts");
