import { cp } from "node:fs/promises";
import { join } from "node:path";
import { agentFolder } from "../../host/assets.ts";
import { writeProblem } from "../../host/write-problem.ts";

/**
 * Copies the capturing, comparing and recording Python into a folder, under names that no notebook's own module has, so that
 * `PYTHONPATH` can name it inside any engine. Returns the folder. Throws ProblemError RP361, RP362.
 */
export async function placeAgent(workFolder: string): Promise<string> {
  const folder = join(workFolder, "agent");
  try {
    for (const name of ["capture", "compare", "record"]) {
      await cp(join(agentFolder, name), join(folder, `reprise_${name}`), {
        recursive: true,
        filter: (path) => !path.includes("__pycache__"),
      });
    }
  } catch (error) {
    throw writeProblem(error, folder);
  }
  return folder;
}
