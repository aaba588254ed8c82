import { enableCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";
import { baselineFlags, cacheFolder, preparePythonFormatter } from "@reprise/core/node";

// Before the cache: what is kept in it is good for the flags that it was compiled with.
for (const flag of baselineFlags) setFlagsFromString(flag);
// Compiling what is loaded takes a fifth of a short command's time; Node keeps it for the next one. It is in a folder of
// the user's own: code must not come from one that others can write.
try {
  enableCompileCache(cacheFolder("compiled"));
} catch {
  // A cache that cannot be written makes the start slower, and nothing else.
}
// It needs longer than anything else that a conversion loads.
if (process.argv[2] === "convert") preparePythonFormatter();
await import("./main.ts");
