import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Program } from "./generate.ts";

/** What a statement did when it ran, by positions of statements; `trace.py` says more. */
export interface TracedStatement {
  readonly reads: readonly (readonly [name: string, binder: number])[];
  readonly reaches: readonly (readonly [name: string, changer: number])[];
  readonly binds: readonly string[];
  readonly changes: readonly string[];
  readonly streams: readonly (readonly [stream: string, mover: number])[];
  readonly files: readonly (readonly [path: string, writer: number])[];
  /** The environment, settings and figures. */
  readonly states: readonly (readonly [state: string, setter: number])[];
}

export type Traced =
  | { readonly statements: readonly TracedStatement[] }
  | { readonly error: string; readonly at?: number };

/** Statements to run, by their cells, and what to describe afterwards. */
export interface SliceJob {
  readonly cells: readonly (readonly string[])[];
  readonly names: readonly string[];
  /** Describe what the last statement printed too, as `(printed)`. */
  readonly printed?: boolean;
  /** Where random streams start that the statements do not seed. */
  readonly start?: number;
  readonly data?: string;
}

/** What the names hold, as texts; those that cannot be compared are left out. Or the error that ended it. */
export type SliceResult = Readonly<Record<string, string>>;

/** Runs programs and traces what their statements really do. */
export async function traceAll(python: string, programs: readonly Program[]): Promise<readonly Traced[]> {
  return (await runScript(python, "trace.py", { programs })) as readonly Traced[];
}

/** Runs statements, each job in a process and a folder of its own. */
export async function runAll(python: string, jobs: readonly SliceJob[]): Promise<readonly SliceResult[]> {
  return (await runScript(python, "run-slices.py", { programs: jobs })) as readonly SliceResult[];
}

async function runScript(python: string, script: string, job: object): Promise<unknown> {
  const child = spawn(python, [join(import.meta.dirname, script)], {
    env: { ...process.env, PYTHONHASHSEED: "0", OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MPLBACKEND: "Agg" },
  });
  child.stdin.end(JSON.stringify(job));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const [out, problems, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${problems}`);
  return JSON.parse(out.trim().split("\n").at(-1) ?? "null");
}
