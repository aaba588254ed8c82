import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { type TestEnvironment, testPython } from "../../support/python.ts";
import { quietCell, type RunCell } from "./run-cells.ts";
import type { Subject } from "./subject.ts";

/** A process of what a peer made: cells that are run one after the other. */
export interface PeerStep {
  readonly name: string;
  readonly cells: readonly RunCell[];
}

/** Another converter. */
export interface Peer {
  readonly name: string;
  /** What is to be run, in this order and this folder; nothing where it refuses. Throws what it says then. */
  convert(subject: Subject, folder: string): Promise<readonly PeerStep[]>;
}

async function call(environment: TestEnvironment, program: string, args: readonly string[], directory: string) {
  const command = join(dirname(await testPython(environment)), program);
  const { code, stdout, stderr } = await runProcess(command, args, {
    directory,
    // What it would otherwise report home is no part of its work.
    environment: { ...process.env, PLOOMBER_STATS_ENABLED: "false" },
    signal: AbortSignal.timeout(120_000),
  });
  return { code, said: `${stdout}\n${stderr}` };
}

const soorgeon: Peer = {
  name: "soorgeon refactor",
  async convert({ file }, folder) {
    const { said } = await call("soorgeon", "soorgeon", ["refactor", file], folder);
    const pipeline = join(folder, "pipeline.yaml");
    if (!existsSync(pipeline)) throw new Error(lastOf(said));
    return ploomberTasks(readFileSync(pipeline, "utf8")).map(({ source, products }, _, tasks) => ({
      name: source.replace(/\W+/g, "-"),
      cells: taskCells(join(folder, source), products, tasks),
    }));
  },
};

interface PloomberTask {
  readonly source: string;
  readonly products: Readonly<Record<string, string>>;
}

/** The tasks of a pipeline.yaml as soorgeon writes it: each after those whose products it takes. */
function ploomberTasks(text: string): readonly PloomberTask[] {
  return text.split(/^- source: /m).flatMap((part, at) => {
    if (at === 0) return [];
    const products = [...part.matchAll(/^ {4}(\S+): (.+)$/gm)].map(([, name = "", path = ""]) => [name, path.trim()]);
    return [{ source: part.split("\n", 1)[0]?.trim() ?? "", products: Object.fromEntries(products) }];
  });
}

/** What Ploomber does with a task's notebook: it puts the paths in below the cell of parameters. */
function taskCells(
  path: string,
  products: PloomberTask["products"],
  tasks: readonly PloomberTask[],
): readonly RunCell[] {
  const upstream = Object.fromEntries(
    tasks.map(({ source, products: own }) => [source.replace(/^.*\/|\.\w+$/g, ""), own]),
  );
  const given = `upstream = ${JSON.stringify(upstream)}\nproduct = ${JSON.stringify(products)}`;
  return readNotebook(readFileSync(path, "utf8"), path).cells.flatMap((cell) => {
    if (cell.kind !== "code") return [];
    const own = quietCell(cell.source);
    return cell.tags.includes("parameters") ? [own, quietCell(given)] : [own];
  });
}

const marimo: Peer = {
  name: "marimo convert",
  async convert({ file }, folder) {
    const { said } = await call("notebooks", "marimo", ["-y", "convert", file, "-o", "converted.py"], folder);
    if (!existsSync(join(folder, "converted.py"))) throw new Error(lastOf(said));
    const library = join(dirname(dirname(await testPython("notebooks"))), "lib");
    const packages = join(library, readdirSync(library)[0] ?? "", "site-packages");
    const run = [
      "import sys",
      `sys.path.append(${JSON.stringify(packages)})`,
      "import converted",
      "_definitions = dict(converted.app.run()[1])",
      // A name that was bound again is given a number; the last one is what the notebook ends with.
      "_of = lambda name: int(name.rpartition('_')[2])",
      "for _name in sorted((one for one in _definitions if one.rpartition('_')[2].isdigit()), key=_of):",
      "    if _name.rpartition('_')[0] in _definitions:",
      "        _definitions[_name.rpartition('_')[0]] = _definitions[_name]",
      "globals().update(_definitions)",
    ];
    return [{ name: "app", cells: [quietCell(run.join("\n"))] }];
  },
};

const nbconvert: Peer = {
  name: "nbconvert --to script",
  async convert({ file }, folder) {
    const args = ["nbconvert", "--to", "script", file, "--output", "converted"];
    const { said } = await call("nbconvert", "jupyter", args, folder);
    // A notebook that does not say how its language's files end becomes a text.
    const script = ["converted.py", "converted.txt"].map((name) => join(folder, name)).find(existsSync);
    if (script === undefined) throw new Error(lastOf(said));
    return [{ name: "script", cells: [quietCell(readFileSync(script, "utf8"))] }];
  },
};

export const peers: readonly Peer[] = [soorgeon, marimo, nbconvert];

const lastOf = (said: string) => said.trim().split("\n").at(-1)?.slice(0, 160) ?? "it made nothing";
