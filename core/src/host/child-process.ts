import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface FinishedProcess {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly directory?: string;
  /** The whole environment; this process's own where it is absent. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly signal?: AbortSignal;
  /** How long it may take to end tidily after an abort; 3 s if absent. */
  readonly graceMilliseconds?: number;
  readonly onOutput?: (stream: "stdout" | "stderr", text: string) => void;
}

/**
 * Runs a program to its end. An abort ends its whole process tree, after a while also where it does not want to. Rejects where it cannot be started (ENOENT), and with
 * the signal's reason after an abort; any exit code is an answer.
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<FinishedProcess> {
  options.signal?.throwIfAborted();
  const child = spawnTree(command, args, {
    cwd: options.directory,
    env: options.environment ?? process.env,
    stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => {
      texts[stream] += text;
      options.onOutput?.(stream, text);
    });
  }
  // A program that ends without reading its input breaks the pipe; its exit code tells what that means.
  child.stdin?.on("error", () => {}).end(options.input);
  let late: NodeJS.Timeout | undefined;
  const abort = () => {
    killTree(child, "SIGTERM");
    late = setTimeout(() => killTree(child, "SIGKILL"), options.graceMilliseconds ?? 3000);
  };
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<{
      code: number | null;
      signal: NodeJS.Signals | null;
    }>();
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
    const end = await promise;
    options.signal?.throwIfAborted();
    return { ...end, ...texts };
  } finally {
    clearTimeout(late);
    options.signal?.removeEventListener("abort", abort);
  }
}

/** Starts a program as the leader of a process group of its own, so that `killTree` reaches all that it starts. */
export function spawnTree(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(command, args, { ...options, detached: process.platform !== "win32", windowsHide: true });
}

/** What a tree that is gone answers; on macOS, also one of which only zombies are left. */
const goneCodes = ["ESRCH", "EPERM"];

/** Sends a signal to a process of `spawnTree` and to everything that it started. A tree that is gone is no error. */
export function killTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    const killed = spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
    killed.on("error", () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!goneCodes.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** Whether anything is left of a process of `spawnTree` and of what it started. On Windows: of the process itself. */
export function isTreeAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === "win32") return child.exitCode === null && child.signalCode === null;
  try {
    process.kill(-child.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return process.platform !== "linux" || hasLivingMember(child.pid);
}

/** A container's first process may never collect what has ended: a zombie is not alive (proc_pid_stat(5)). */
function hasLivingMember(group: number): boolean {
  return readdirSync("/proc").some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [state, , ofGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(ofGroup) === group && state !== "Z" && state !== "X";
    } catch {
      return false;
    }
  });
}
