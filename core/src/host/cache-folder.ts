import { join } from "node:path";
import envPaths from "env-paths";
import { makeFolder } from "./make-folder.ts";

/**
 * A folder of Reprise's own cache on this machine (`REPRISE_CACHE` moves it): uv, environments, objects that can be
 * made again at any time. Made where it is missing.
 */
export function cacheFolder(...parts: readonly string[]): string {
  const folder = join(process.env.REPRISE_CACHE ?? envPaths("reprise", { suffix: "" }).cache, ...parts);
  makeFolder(folder);
  return folder;
}
