import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isProcessAlive } from "./process-alive.ts";

/**
 * Names of what lies in a folder for the life of this process only: they hold its id, so that another can tell what was
 * left behind by one that was killed.
 */
export const ownMark = `p${process.pid}-`;

/**
 * Removes from a folder what processes left there that are gone. What cannot be looked at or removed stays.
 *
 * @param prefix What the names begin with, before the mark of their process.
 */
export async function removeLeftBehind(folder: string, prefix: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => name.startsWith(prefix) && isOfDeadProcess(name.slice(prefix.length)));
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true }).catch(() => {})));
}

function isOfDeadProcess(rest: string): boolean {
  const pid = Number(/^p(\d+)-/.exec(rest)?.[1] ?? Number.NaN);
  return Number.isInteger(pid) && pid > 0 && !isProcessAlive(pid);
}
