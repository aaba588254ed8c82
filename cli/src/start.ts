import { enableCompileCache } from "node:module";
import { cacheFolder, preparePythonFormatter } from "@reprise/core/node";

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
