import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProcess } from "../../core/src/host/child-process.ts";
import { type InstalledLibrary, listedIn } from "./library.ts";
import type { Observation } from "./observation.ts";

/** One thread each: quicker for samples of a few rows. Equal hashes in every process. */
const surroundings = {
  MPLBACKEND: "agg",
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  POLARS_MAX_THREADS: "1",
  TF_CPP_MIN_LOG_LEVEL: "3",
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONHASHSEED: "0",
};

export interface ObserveOptions {
  /** The functions to call; all where it is absent. */
  readonly only?: readonly string[] | undefined;
  /** A folder that keeps what was seen, by library and environment: what lies there is not called again. */
  readonly keep?: string | undefined;
  readonly signal?: AbortSignal;
}

/** As `call`, or what was kept of it. */
export async function observe(
  library: InstalledLibrary,
  options: ObserveOptions = {},
): Promise<readonly Observation[]> {
  if (options.keep === undefined) return call(library, options);
  const file = join(options.keep, `${library.samples.library}-${library.environment}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Observation[];
  const seen = await call(library, options);
  mkdirSync(options.keep, { recursive: true });
  writeFileSync(file, JSON.stringify(seen));
  return seen;
}

/**
 * Calls what a library has, in its own environment, and gives what was seen of each function. A call that takes its
 * process down is noted, and the rest goes on without it.
 */
async function call(
  { samples, python, environment }: InstalledLibrary,
  options: ObserveOptions,
): Promise<readonly Observation[]> {
  const work = mkdtempSync(join(tmpdir(), "reprise-effects-"));
  const { names, types } = listedIn(samples.library);
  const owners = new Set([...types, ...Object.keys(samples.receivers ?? {})]);
  const answers = join(work, "answers.jsonl");
  const found: Observation[] = [];
  const skip: string[] = [];
  writeFileSync(answers, "");
  try {
    for (;;) {
      const request = {
        samples,
        library: samples.library,
        modules: samples.modules,
        // Written calls are made of what the table lacks too; methods are called on what stands for their type.
        names: [...new Set([...names, ...Object.keys(samples.calls ?? {})])].filter(
          (name) => !owners.has(name.slice(0, name.lastIndexOf("."))),
        ),
        listed: names,
        types,
        folder: join(work, "folder"),
        preload: Object.values(samples.imports ?? {}),
        skip,
        ...(options.only === undefined ? {} : { only: options.only }),
      };
      writeFileSync(join(work, "request.json"), JSON.stringify(request));
      const { code, stderr } = await runProcess(
        python,
        ["-W", "ignore", join(import.meta.dirname, "agent", "observe.py"), join(work, "request.json"), answers],
        {
          environment: {
            ...process.env,
            ...surroundings,
            KERAS_BACKEND: environment === "tensorflow" ? "tensorflow" : "torch",
          },
          ...(options.signal === undefined ? {} : { signal: options.signal }),
        },
      );
      const lines = existsSync(answers) ? readFileSync(answers, "utf8").split("\n").filter(Boolean) : [];
      const told = lines.map(
        (line) => JSON.parse(line) as Observation | { readonly begin: string } | { readonly end: true },
      );
      writeFileSync(answers, "");
      found.push(...told.filter((line): line is Observation => "probes" in line));
      if (told.some((line) => "end" in line)) return found;
      const last = told.findLast((line): line is { readonly begin: string } => "begin" in line)?.begin;
      if (last === undefined || skip.includes(last))
        throw new Error(`the agent ended with ${code}: ${stderr.slice(-2000)}`);
      found.push({
        name: last,
        kind: "function",
        parameters: null,
        written: false,
        probes: [],
        reason: "took its process down",
      });
      skip.push(...found.map(({ name }) => name));
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
