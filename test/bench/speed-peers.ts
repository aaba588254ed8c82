import { copyFileSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { buildCommandLine } from "../../scripts/build.ts";
import { type TestEnvironment, testPython } from "../support/python.ts";
import { type Contender, measure, spread, table } from "./measure.ts";
import type { BenchOptions } from "./options.ts";

const root = join(import.meta.dirname, "..", "..");

/** A command of another project, with the environment that it is installed in. */
interface Peer {
  readonly name: string;
  readonly environment: TestEnvironment;
  readonly program: string;
  args(notebook: string, folder: string): readonly string[];
  /** The file that it makes, where it makes one: a peer that refuses ends with 0 all the same. */
  readonly makes?: string;
}

const finders: readonly Peer[] = [
  {
    name: "ruff check --select F821",
    environment: "lint",
    program: "ruff",
    args: (notebook) => ["check", "--isolated", "--no-cache", "--select", "F821", notebook],
  },
];

const converters: readonly Peer[] = [
  {
    name: "soorgeon refactor",
    environment: "soorgeon",
    program: "soorgeon",
    args: (notebook) => ["refactor", notebook],
    makes: "pipeline.yaml",
  },
  {
    name: "marimo convert",
    environment: "notebooks",
    program: "marimo",
    args: (notebook, folder) => ["-y", "convert", notebook, "-o", join(folder, "converted.py")],
    makes: "converted.py",
  },
];

/** Whole commands on the first `count` samples, ours and the peers' in turn. A peer that cannot be installed or fails is left out, and why is told. */
export async function speedBesidePeers({ rounds, count = 3 }: BenchOptions): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), "reprise-bench-"));
  try {
    return await besidePeers(work, rounds, count);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function besidePeers(work: string, rounds: number, count: number): Promise<string> {
  await buildCommandLine();
  const main = join(root, "cli", "dist", "start.cjs");
  const told: string[] = [];
  const programs = new Map<Peer, string>();
  for (const peer of [...finders, ...converters]) {
    try {
      programs.set(peer, join(dirname(await testPython(peer.environment)), peer.program));
    } catch (error) {
      told.push(`- ${peer.name} is left out: it could not be installed (${(error as Error).message.slice(0, 200)})`);
    }
  }
  const rows: string[][] = [];
  for (const sample of globSync(join(root, "samples", "*", "*.ipynb"))
    .sort()
    .slice(0, count)) {
    const folder = join(work, basename(sample, ".ipynb"));
    mkdirSync(folder, { recursive: true });
    const notebook = join(folder, "notebook.ipynb");
    copyFileSync(sample, notebook);
    const ours = (name: string, args: readonly string[]): Contender => ({
      name,
      command: [process.execPath, "--disable-warning=ExperimentalWarning", main, ...args],
      directory: folder,
    });
    const contenders: (Contender | undefined)[] = [
      ours("reprise analyze", ["analyze", notebook, "--json"]),
      ...finders.map((peer) => contenderOf(peer, programs.get(peer), notebook, folder)),
      ours("reprise convert", ["convert", notebook, "-o", join(folder, "project"), "--no-lock", "--force", "--json"]),
      ...converters.map((peer) => contenderOf(peer, programs.get(peer), notebook, folder)),
    ];
    const made = new Map(converters.map(({ name, makes }) => [name, makes]));
    const able = contenders.map(
      (contender) => contender && canRun(contender, made.get(contender.name), told, basename(sample)),
    );
    const results = measure(
      able.filter((contender) => contender !== undefined),
      rounds,
    );
    rows.push([
      basename(sample, ".ipynb"),
      ...able.map((contender) => {
        const result = results.find(({ name }) => name === contender?.name);
        return result === undefined ? "" : spread(result);
      }),
    ]);
  }
  const head = [
    "ms (min / **median** / max)",
    "reprise analyze",
    ...finders.map(({ name }) => name),
    "reprise convert --no-lock",
    ...converters.map(({ name }) => name),
  ];
  return `${table(head, rows)}\n\n${told.join("\n")}`;
}

function contenderOf(peer: Peer, program: string | undefined, notebook: string, folder: string): Contender | undefined {
  if (program === undefined) return undefined;
  return {
    name: peer.name,
    command: [program, ...peer.args(notebook, folder)],
    directory: folder,
    // What it would otherwise report home is no part of its work.
    environment: { PLOOMBER_STATS_ENABLED: "false" },
  };
}

/** The contender, unless it fails on this notebook. */
function canRun(
  contender: Contender,
  makes: string | undefined,
  told: string[],
  sample: string,
): Contender | undefined {
  try {
    measure([contender], 0);
    if (makes !== undefined && !existsSync(join(contender.directory, makes))) throw new Error("it refuses");
    return contender;
  } catch (error) {
    const reason = (error as Error).message.trim().split("\n").at(-1) ?? "";
    told.push(`- ${contender.name} fails on ${sample}: ${reason.slice(0, 160)}`);
    return undefined;
  }
}
