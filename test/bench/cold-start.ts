import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { buildCommandLine } from "../../scripts/build.ts";
import { type Contender, measure, spread, table } from "./measure.ts";
import type { BenchOptions } from "./options.ts";

const root = join(import.meta.dirname, "..", "..");

/**
 * `analyze` and `convert --no-lock` on each sample, each time as a new process of the built command line, and into a
 * folder that is not there.
 */
export async function coldStart({ rounds }: BenchOptions): Promise<string> {
  await buildCommandLine();
  const reprise = join(root, "cli", "dist", "start.cjs");
  const work = mkdtempSync(join(tmpdir(), "reprise-bench-"));
  const project = join(work, "project");
  try {
    const rows: string[][] = [];
    for (const notebook of globSync(join(root, "samples", "*", "*.ipynb")).sort()) {
      const results = measure(
        [
          contender("analyze", [reprise, "analyze", notebook, "--json"], work),
          contender("convert", [reprise, "convert", notebook, "-o", project, "--no-lock", "--json"], work, [project]),
        ],
        rounds,
      );
      rows.push([basename(notebook, ".ipynb"), ...results.map(spread)]);
    }
    const node = measure([contender("node", ["-e", "0"], work)], rounds).map(spread);
    rows.push(["(an empty Node process)", ...node, ""]);
    return table(["sample", "analyze, ms (min / median / max)", "convert --no-lock, ms"], rows);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const contender = (name: string, args: readonly string[], directory: string, removes?: string[]): Contender => ({
  name,
  command: [process.execPath, "--disable-warning=ExperimentalWarning", ...args],
  directory,
  ...(removes === undefined ? {} : { removes }),
});
