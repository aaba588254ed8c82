import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { cacheFolder } from "../../../core/src/host/cache-folder.ts";
import type { DraftCell } from "../programs/draft.ts";
import type { Step } from "./draft.ts";
import { KeptReplays } from "./kept-replays.ts";

/** One run of a cell, as it was then. */
export interface CellRun {
  readonly cell: string;
  readonly count: number;
  /** From 0; a restart begins another. */
  readonly session: number;
  readonly source: string;
  /** Name and text. */
  readonly error?: readonly [string, string];
  /** Digests of what every name held afterwards. */
  readonly after?: Readonly<Record<string, string>>;
  /** The same, had the cell run once more; `*` is the error of that. */
  readonly twice?: Readonly<Record<string, string>>;
}

export interface SavedCell extends DraftCell {
  readonly count?: number;
  readonly outputs?: readonly Readonly<Record<string, unknown>>[];
  readonly times?: Readonly<Record<string, string>>;
}

/** What stands in the notebook at the end, and what happened on the way. */
export interface Session {
  readonly cells: readonly SavedCell[];
  readonly runs: readonly CellRun[];
}

export interface SessionRequest {
  readonly cells: readonly DraftCell[];
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  /** Ids of cells of which is asked what a second run would leave behind. */
  readonly twice: readonly string[];
  readonly times: boolean;
}

/** What the syntax alone says of a cell. */
export interface CellNames {
  readonly binds: readonly string[];
  readonly loads: readonly string[];
}

type Answer = { readonly id: number; readonly file?: string; readonly cells?: readonly CellNames[] };

/** Real kernels, several at a time: `kernels.py`. End it with `stop`. */
export class Sessions {
  readonly #child: ChildProcess;
  readonly #work: string;
  readonly #kept: KeptReplays | undefined;
  readonly #waiting = new Map<number, { done: (answer: Answer) => void; fail: (error: Error) => void }>();
  #next = 0;

  /** `hashSeed` is Python's: two of them show what hangs on the order of a set. `keep` is a folder for what was run. */
  constructor(python: string, workers: number, hashSeed: number, keep?: string) {
    // Not below the machine's folder for temporary files: a path to that is not told as absolute.
    this.#work = mkdtempSync(join(cacheFolder("bench"), "sessions-"));
    const programs = ["kernels.py", "digest.py"].map((name) => join(import.meta.dirname, name));
    this.#kept = keep === undefined ? undefined : new KeptReplays(keep, programs, [python, String(hashSeed)]);
    this.#child = spawn(python, [programs[0] as string, String(workers)], {
      cwd: this.#work,
      stdio: ["pipe", "pipe", "inherit"],
      env: {
        ...process.env,
        PYTHONHASHSEED: String(hashSeed),
        OMP_NUM_THREADS: "1",
        OPENBLAS_NUM_THREADS: "1",
        TMPDIR: this.#work,
        MPLCONFIGDIR: this.#work,
        PYDEVD_DISABLE_FILE_VALIDATION: "1",
      },
    });
    this.#child.on("exit", (code) => {
      for (const { fail } of this.#waiting.values()) fail(new Error(`kernels.py ended with ${code}`));
    });
    if (this.#child.stdout === null) throw new Error("kernels.py has no output");
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      const answer = JSON.parse(line) as Answer;
      this.#waiting.get(answer.id)?.done(answer);
      this.#waiting.delete(answer.id);
    });
  }

  async describe(sources: readonly string[]): Promise<readonly CellNames[]> {
    return (await this.#ask({ describe: sources })).cells ?? [];
  }

  /** Throws where a kernel died or a cell took too long. */
  async replay(request: SessionRequest): Promise<Session> {
    const before = this.#kept?.get(request);
    if (before !== undefined) return before;
    const { file } = await this.#ask({ ...request });
    if (file === undefined) throw new Error("an answer without a file");
    const told = JSON.parse(readFileSync(file, "utf8")) as Session | { readonly failed: string };
    rmSync(file);
    if ("failed" in told) throw new Error(told.failed);
    this.#kept?.add(request, told);
    return told;
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.#child.once("exit", done));
    this.#child.stdin?.end();
    await ended;
    rmSync(this.#work, { recursive: true, force: true });
  }

  #ask(request: object): Promise<Answer> {
    const id = this.#next++;
    const answer = new Promise<Answer>((done, fail) => this.#waiting.set(id, { done, fail }));
    this.#child.stdin?.write(`${JSON.stringify({ id, work: this.#work, ...request })}\n`);
    return answer;
  }
}
