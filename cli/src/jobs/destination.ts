import { checkTargets } from "@reprise/core";
import { checkProjectFolder } from "@reprise/core/node";
import type { ConvertOptions } from "../commands/convert.ts";
import { isWithoutFolder } from "../input.ts";

/**
 * Tells at once what would fail only after the packages are resolved: throws ProblemError RP127 for a target that there
 * is not, RP162 for a folder that is taken, or that the notebook or the working directory lies in.
 */
export function checkDestination(notebook: string, { output, force, target = [] }: ConvertOptions): void {
  checkTargets(target);
  const keep = [process.cwd(), ...(isWithoutFolder(notebook) ? [] : [notebook])];
  checkProjectFolder(output, { force: force === true, keep });
}
