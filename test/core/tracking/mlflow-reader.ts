import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A run as MLflow's own client gives it. */
export interface MlflowView {
  readonly experiment: string;
  readonly name: string;
  readonly status: string;
  readonly start: number;
  readonly end: number;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, readonly (readonly [number, string, number])[]>>;
  readonly artifacts: readonly string[];
  readonly inputs: readonly (readonly string[])[];
}

/** MLflow's own client, in one process: importing it takes longer than asking. */
export interface MlflowReader {
  /** Rejects where the client fails, which ends it. */
  read(run: string): Promise<MlflowView>;
  close(): Promise<void>;
}

/** Starts a client of the server at `url`; `python` has MLflow. */
export function mlflowReader(python: string, url: string): MlflowReader {
  const child = spawn(python, [join(import.meta.dirname, "fixtures", "read_run.py"), url], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.on("error", () => {});
  const gone = once(child, "close");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async read(run) {
      child.stdin.write(`${run}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error(`MLflow's client failed to read ${run}`);
      return JSON.parse(value) as MlflowView;
    },
    async close() {
      child.stdin.end();
      await gone;
    },
  };
}
