import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * Where runs are kept: `REPRISE_HOME` if it is set, else the nearest `.reprise` from `directory` upward that holds runs,
 * else `.reprise` in `directory` itself, which is made with the first run.
 */
export function storeFolder(directory: string = process.cwd()): string {
  const named = process.env.REPRISE_HOME;
  if (named !== undefined && named !== "") return resolve(named);
  const start = resolve(directory);
  for (let at = start; ; at = dirname(at)) {
    const folder = join(at, ".reprise");
    if (existsSync(join(folder, "runs"))) return folder;
    if (dirname(at) === at) return join(start, ".reprise");
  }
}
