import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../core/src/host/cache-folder.ts";
import { runProcess } from "../../core/src/host/child-process.ts";
import { type InstalledLibrary, keptIn, listedIn } from "./library.ts";
import type { Observation } from "./observation.ts";

/** One thread each: quicker for samples of a few rows. Equal hashes in every process. */
const surroundings = {
  MPLBACKEND: "agg",
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  POLARS_MAX_THREADS: "1",
  TF_CPP_MIN_LOG_LEVEL: "3",
  PYTHONDONTWRITEBYTECODE: "",
  PYTHONHASHSEED: "0",
};

export interface ObserveOptions {
  /** The functions to call; all where it is absent. */
  readonly only?: readonly string[] | undefined;
  /** Calls everything anew, whatever was seen before. */
  readonly fresh?: boolean | undefined;
  readonly signal?: AbortSignal;
}

/** A function with the calls that are tried of it; `digest` says all that these are made of. */
interface Case extends Omit<Observation, "probes"> {
  readonly digest?: string;
}

type Seen = Observation & { readonly digest: string };

/**
 * Calls what a library has, in its own environment, and gives what was seen of each function. What was seen is kept in
 * Reprise's cache, one line a function, as long as the agent, the environment and the function's sample calls are the
 * same: a run that is stopped goes on where it was, and a changed sample is called alone.
 */
export async function observe(
  library: InstalledLibrary,
  options: ObserveOptions = {},
): Promise<readonly Observation[]> {
  const { samples, python, environment } = library;
  const kept = cacheFolder("effects");
  mkdirSync(kept, { recursive: true });
  const answers = join(kept, `${samples.library}-${environment}-${digestOfAgent(python)}.jsonl`);
  if (options.fresh) rmSync(answers, { force: true });
  // A line that was cut off must not take the next one with it.
  if (existsSync(answers) && !readFileSync(answers, "utf8").endsWith("\n")) writeFileSync(answers, "\n", { flag: "a" });
  const work = mkdtempSync(join(tmpdir(), "reprise-effects-"));
  try {
    const request = { ...requestOf(library, options), folder: work, known: digestsIn(answers) };
    writeFileSync(join(work, "request.json"), JSON.stringify(request));
    const { code, stderr } = await runProcess(
      python,
      ["-W", "ignore", join(agent, "observe.py"), join(work, "request.json"), answers],
      {
        environment: {
          ...process.env,
          ...surroundings,
          PYTHONPYCACHEPREFIX: join(kept, "bytecode"),
          KERAS_BACKEND: environment === "tensorflow" ? "tensorflow" : "torch",
        },
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      },
    );
    if (code !== 0) throw new Error(`the agent ended with ${code}: ${stderr.slice(-2000)}`);
    const cases = JSON.parse(readFileSync(join(work, "cases.json"), "utf8")) as Case[];
    const seen = seenIn(answers);
    return cases.map(({ digest, ...one }) => (digest && seen.get(`${one.name} ${digest}`)) || { ...one, probes: [] });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function requestOf({ samples }: InstalledLibrary, options: ObserveOptions) {
  const { names, types } = listedIn(samples.library);
  const owners = new Set([...types, ...Object.keys(samples.receivers ?? {})]);
  return {
    samples,
    library: samples.library,
    modules: samples.modules,
    // Written calls are made of what the table lacks too; methods are called on what stands for their type.
    names: [...new Set([...names, ...Object.keys(samples.calls ?? {})])].filter(
      (name) => !owners.has(name.slice(0, name.lastIndexOf("."))),
    ),
    listed: names,
    types,
    notes: keptIn(samples, "notes"),
    memos: keptIn(samples, "memos"),
    preload: Object.values(samples.imports ?? {}),
    lanes: availableParallelism(),
    ...(options.only === undefined ? {} : { only: options.only }),
  };
}

const agent = join(import.meta.dirname, "agent");

/** An interpreter's folder is named for what is pinned there. */
function digestOfAgent(python: string): string {
  const hash = createHash("sha256").update(python);
  for (const file of globSync("*.py", { cwd: agent }).sort()) hash.update(readFileSync(join(agent, file)));
  return hash.digest("hex").slice(0, 12);
}

/** What an earlier run saw, by name and digest. */
function seenIn(answers: string): ReadonlyMap<string, Seen> {
  const lines = existsSync(answers) ? readFileSync(answers, "utf8").split("\n") : [];
  return new Map(
    lines
      .filter((line) => line.endsWith("}"))
      .flatMap((line) => {
        const one = parsed(line);
        return one === undefined ? [] : [[`${one.name} ${one.digest}`, one] as const];
      }),
  );
}

function parsed(line: string): Seen | undefined {
  try {
    return JSON.parse(line) as Seen;
  } catch {
    return undefined;
  }
}

function digestsIn(answers: string): Record<string, string> {
  return Object.fromEntries([...seenIn(answers).values()].map(({ name, digest }) => [name, digest]));
}
