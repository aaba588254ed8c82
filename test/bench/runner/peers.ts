import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { notebookText } from "../../support/notebooks.ts";
import { testPython } from "../../support/python.ts";
import type { Contender } from "../measure.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** The runners side by side, in one environment and one folder. */
export interface Peers {
  readonly python: string;
  readonly work: string;
  notebook(name: string, cells: readonly string[]): string;
  /** With an output that is saved while it runs, unless there is no saving at all. */
  reprise(notebook: string, options?: readonly string[]): Contender;
  papermill(notebook: string): Contender;
  nbclient(notebook: string): Contender;
  contender(name: string, command: readonly [string, ...string[]]): Contender;
  /** The built command line and its first words. */
  readonly command: readonly [string, ...string[]];
  remove(): void;
}

export async function openPeers(): Promise<Peers> {
  const python = await testPython("kernel");
  const work = mkdtempSync(join(tmpdir(), "reprise-bench-"));
  const environment = {
    PATH: `${dirname(python)}:${process.env.PATH}`,
    REPRISE_HOME: join(work, "store"),
    JUPYTER_PATH: join(dirname(dirname(python)), "share", "jupyter"),
  };
  const out = join(work, "out.ipynb");
  const command = [
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    join(root, "cli", "dist", "start.cjs"),
  ] as const;
  const contender = (name: string, words: readonly [string, ...string[]]): Contender => ({
    name,
    command: words,
    directory: work,
    environment,
  });
  return {
    python,
    work,
    command,
    contender,
    notebook(name, cells) {
      const path = join(work, `${name}.ipynb`);
      writeFileSync(path, notebookText(cells));
      return path;
    },
    reprise: (notebook, options = [out]) =>
      contender("reprise run", [...command, "run", notebook, "--environment", dirname(dirname(python)), ...options]),
    papermill: (notebook) =>
      contender("papermill", [join(dirname(python), "papermill"), "--no-progress-bar", "-k", "python3", notebook, out]),
    nbclient(notebook) {
      const [source, target] = [notebook, out].map((path) => JSON.stringify(path));
      const script = `import nbformat, nbclient; n = nbformat.read(${source}, 4); nbclient.NotebookClient(n).execute(); nbformat.write(n, ${target})`;
      return contender("nbclient", [python, "-c", script]);
    },
    // Where a peer failed, what it started may still write.
    remove: () => rmSync(work, { recursive: true, force: true, maxRetries: 20 }),
  };
}
