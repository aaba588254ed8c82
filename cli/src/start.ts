import { enableCompileCache } from "node:module";
import { cacheFolder } from "@reprise/core/node";

// Compiling what is loaded takes a fifth of a short command's time; Node keeps it for the next one. It is in a folder of
// the user's own: code must not come from one that others can write.
try {
  enableCompileCache(cacheFolder("compiled"));
} catch {
  // A cache that cannot be written makes the start slower, and nothing else.
}
await import("./main.ts");
