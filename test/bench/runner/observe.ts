import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Contender } from "../measure.ts";

/** What a process itself took, without the processes that it started. */
export interface Observed {
  readonly processorSeconds: number;
  /** The most memory that it held at once. */
  readonly megabytes: number;
}

/** Runs a contender to its end and looks at it meanwhile; on Linux, whose kernel tells. Throws where it fails. */
export async function observe({
  name,
  command: [program, ...args],
  directory,
  environment,
}: Contender): Promise<Observed> {
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  let seen: Observed = { processorSeconds: 0, megabytes: 0 };
  const timer = setInterval(() => {
    seen = look(child.pid as number) ?? seen;
  }, 10);
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`${name} ended with ${code}: ${stderr}`);
  return seen;
}

const ticksPerSecond = 100;

function look(pid: number): Observed | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    // A process that has ended, but is not yet collected, has no memory any more.
    if (peak === undefined) return undefined;
    return {
      processorSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      megabytes: Number(peak) / 1024,
    };
  } catch {
    return undefined;
  }
}
