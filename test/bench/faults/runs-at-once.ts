import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import type { Kernelspec } from "../../../core/src/environment/python/kernelspec.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { notebookText } from "../../support/notebooks.ts";

export interface RunsAtOnce {
  readonly runs: number;
  /** Those that succeeded with their own results. */
  readonly right: number;
  readonly seconds: number;
  /** What was not as it has to be. */
  readonly wrong: readonly string[];
}

/** Whole runs that all begin at the same moment; their kernels are reached by ports, which another could take. */
export async function runsAtOnce(python: string, runs: number): Promise<RunsAtOnce> {
  const folder = mkdtempSync(join(tmpdir(), "runs-at-once-"));
  // Named by its kernelspec alone, a kernel is one of any language: it gets ports, not sockets in the file system.
  const kernelspec: Kernelspec = {
    name: "ports",
    displayName: "ports",
    language: "python",
    argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    folder: "",
    environment: {},
    interruptMode: "signal",
  };
  const engine = await localEngine({ kernelspec });
  const began = performance.now();
  try {
    const wrong = await Promise.all(Array.from({ length: runs }, (_, at) => oneOf(at)));
    const seconds = (performance.now() - began) / 1000;
    const left = readdirSync(folder);
    const all = wrong.flat().concat(left.length > 0 ? [`left behind: ${left.join(", ")}`] : []);
    return { runs, right: wrong.filter((each) => each.length === 0).length, seconds, wrong: all };
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }

  async function oneOf(at: number): Promise<readonly string[]> {
    const cells = [`n = ${at}`, "import time\ntime.sleep(0.5)", "print(n)"];
    const notebook = readNotebook(notebookText(cells), join(folder, `${at}.ipynb`));
    try {
      const { content, record } = await runNotebook({
        notebook,
        engine,
        directory: folder,
        command: [],
        // So many interpreters on so few cores start slowly.
        startTimeoutMilliseconds: 600_000,
      });
      const shown = JSON.stringify(content.cells.at(-1)?.outputs);
      if (record.status !== "succeeded") return [`run ${at}: ${record.failure?.name}: ${record.failure?.message}`];
      return shown.includes(`${at}\\n`) ? [] : [`run ${at} shows ${shown}`];
    } catch (error) {
      return [`run ${at}: ${error instanceof Error ? error.message : error}`];
    }
  }
}
