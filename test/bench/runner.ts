import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildCommandLine } from "../../scripts/build.ts";
import { testPython } from "../support/python.ts";
import { measure, spread, table } from "./measure.ts";
import type { BenchOptions } from "./options.ts";

const root = join(import.meta.dirname, "..", "..");

/** `run` beside papermill's command and nbclient, in one environment, each as a whole process. */
export async function runner({ rounds }: BenchOptions): Promise<string> {
  await buildCommandLine();
  const python = await testPython("kernel");
  const papermill = join(dirname(python), "papermill");
  const work = mkdtempSync(join(tmpdir(), "reprise-bench-"));
  const reprise = [process.execPath, "--disable-warning=ExperimentalWarning", join(root, "cli", "dist", "start.cjs")];
  try {
    const rows: string[][] = [];
    for (const cells of [1, 200]) {
      const notebook = join(work, `${cells}.ipynb`);
      writeFileSync(notebook, notebookOf(cells));
      const environment = { PATH: `${dirname(python)}:${process.env.PATH}`, REPRISE_HOME: join(work, "store") };
      const shared = { directory: work, environment };
      const out = join(work, "out.ipynb");
      const nbclient = `import nbformat, nbclient; n = nbformat.read(${JSON.stringify(notebook)}, 4); nbclient.NotebookClient(n).execute(); nbformat.write(n, ${JSON.stringify(out)})`;
      const [ours, theirs, bare] = measure(
        [
          {
            name: "reprise run",
            command: [
              reprise[0] as string,
              ...reprise.slice(1),
              "run",
              notebook,
              out,
              "--environment",
              dirname(dirname(python)),
            ],
            ...shared,
          },
          { name: "papermill", command: [papermill, "--no-progress-bar", "-k", "python3", notebook, out], ...shared },
          { name: "nbclient", command: [python, "-c", nbclient], ...shared },
        ],
        rounds,
      );
      if (!ours || !theirs || !bare) throw new Error("nothing was measured");
      rows.push([
        `${cells}`,
        spread(ours),
        spread(theirs),
        spread(bare),
        (ours.median / theirs.median).toFixed(2),
        (ours.median / bare.median).toFixed(2),
      ]);
    }
    return table(
      ["cells", "reprise run, ms", "papermill, ms", "nbclient, ms", "reprise / papermill", "reprise / nbclient"],
      rows,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function notebookOf(cells: number): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
    cells: Array.from({ length: cells }, (_, at) => ({
      id: `cell-${at}`,
      cell_type: "code",
      metadata: {},
      execution_count: null,
      outputs: [],
      source: `x = ${at}\nprint(x)`,
    })),
  });
}
