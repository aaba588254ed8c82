import type { ChildProcess } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { isTreeAlive, killTree, spawnTree } from "../host/child-process.ts";
import { type ProcessUsage, treeUsage } from "../host/process-usage.ts";
import { settlesWithin } from "../kernel/waiting.ts";
import { ProblemError } from "../problem/problem.ts";
import type { Exit, KernelOptions } from "./engine.ts";
import { OutputTail } from "./output-tail.ts";

/** A process of this machine, with all that it starts, from its start until it is gone. */
export class LocalProcess {
  /** Resolves as soon as the process itself has ended, even where something that it started still holds its pipes. */
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, onStdio: KernelOptions["onStdio"]) {
    this.#child = child;
    const tail = new OutputTail();
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.setEncoding("utf8").on("data", (text: string) => {
        if (stream === "stderr") tail.add(text);
        onStdio?.(stream, text);
      });
    }
    const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
    this.exited = new Promise((resolve) => {
      child.once("exit", async (code, signal) => {
        await settlesWithin(closed, pipeGraceMilliseconds);
        resolve({ code, signal, outOfMemory: false, stderr: tail.text });
      });
    });
  }

  static async start(
    [command, ...args]: readonly [string, ...string[]],
    directory: string,
    environment: NodeJS.ProcessEnv,
    onStdio: KernelOptions["onStdio"],
  ): Promise<LocalProcess> {
    const child = spawnTree(command, args, { cwd: directory, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const started = new LocalProcess(child, onStdio);
    await new Promise<void>((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", (error) => reject(cannotStart(command, directory, error)));
    });
    return started;
  }

  async usage(): Promise<ProcessUsage | undefined> {
    const { pid } = this.#child;
    return pid === undefined ? undefined : treeUsage(pid);
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#child.exitCode === null && this.#child.signalCode === null) killTree(this.#child, signal);
  }

  /** SIGTERM to the whole tree, SIGKILL to what is left of it after `graceMilliseconds`; also where the process itself is gone. */
  async stop(graceMilliseconds = 3000): Promise<Exit> {
    const deadline = performance.now() + graceMilliseconds;
    killTree(this.#child, "SIGTERM");
    await settlesWithin(this.exited, graceMilliseconds);
    // Whatever it started and left behind is in its process group still.
    while (isTreeAlive(this.#child) && performance.now() < deadline) await setTimeout(treePollMilliseconds);
    killTree(this.#child, "SIGKILL");
    return this.exited;
  }
}

const pipeGraceMilliseconds = 20;
const treePollMilliseconds = 10;

function cannotStart(command: string, directory: string, error: Error): ProblemError {
  return new ProblemError(
    {
      id: "RP321",
      message: `${command} could not be started in ${directory}.`,
      mend: "Check that the folder and the environment's interpreter exist; `reprise doctor` shows what is missing.",
      cause: error.message,
    },
    { cause: error },
  );
}
