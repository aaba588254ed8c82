import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Of the command line's package, which stands one folder above this file, built or not. */
export const version: string = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"),
).version;
