import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "@reprise/core";
import { loadTemplates, type RunRecord, type RunResult, renderRun } from "@reprise/core/node";
import { writeOutput } from "../../output.ts";

// A page needs much that a run does not: whoever writes one loads this module then.

/** Writes the page of a run. Throws ProblemError RP361, RP362. */
export async function writePage(path: string, record: RunRecord, notebook: RunResult["content"]): Promise<void> {
  await writeOutput(path, renderRun(record, notebook, loadTemplates()));
}

/** The same of a run that is kept in `folder`. Throws ProblemError RP341 where it kept no notebook. */
export async function writeStoredPage(path: string, record: RunRecord, folder: string): Promise<void> {
  const text = await readFile(join(folder, "notebook.ipynb"), "utf8").catch((error: Error) => {
    throw new ProblemError({
      id: "RP341",
      message: `The run ${record.id.slice(0, 8)} has no notebook to show`,
      mend: "Name a run of a notebook; a batch has a page of its own in its folder.",
      cause: error.message,
    });
  });
  await writePage(path, record, JSON.parse(text));
}
