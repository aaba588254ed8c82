import { readFile } from "node:fs/promises";
import { runProcess } from "./child-process.ts";

/** What a process and all that it started use. */
export interface ProcessUsage {
  /** Of the processor, since its start; of children that have ended too. */
  readonly cpuSeconds: number;
  /** Resident now, summed; pages that processes share count in each. */
  readonly memoryBytes: number;
  readonly processes: number;
}

/** Linux counts in ticks of a hundredth of a second (sysconf(_SC_CLK_TCK)) and in pages of 4 KiB but on a few machines. */
const ticksPerSecond = 100;
const pageBytes = 4096;

/** What a process tree uses at this moment; `undefined` where it is gone, or this system does not tell. */
export async function treeUsage(pid: number): Promise<ProcessUsage | undefined> {
  if (process.platform === "linux") return linuxUsage(pid);
  return process.platform === "win32" ? undefined : listedUsage(pid);
}

/** proc(5): a few small files a process, read in microseconds. Processes that have left the tree are not seen. */
async function linuxUsage(root: number): Promise<ProcessUsage | undefined> {
  const waiting = [root];
  let [cpuTicks, pages, processes] = [0, 0, 0];
  // Bounded, as a tree that grows while it is walked could be walked for ever.
  while (waiting.length > 0 && processes < 10_000) {
    const pid = waiting.pop() as number;
    const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    // The name may hold blanks and brackets.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    // utime, stime, and those of children that were waited for.
    for (const field of [11, 12, 13, 14]) cpuTicks += Number(fields[field]);
    pages += Number(fields[21]);
    processes += 1;
    waiting.push(...(await childrenOf(pid)));
  }
  if (processes === 0) return undefined;
  return { cpuSeconds: cpuTicks / ticksPerSecond, memoryBytes: pages * pageBytes, processes };
}

/** Children belong to the thread that started them; a kernel starts most from its first. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.split(" ").filter(Boolean).map(Number);
}

/** Elsewhere `ps` lists all processes: `pid ppid rss time`, the memory in KiB, the time as `[[days-]hours:]minutes:seconds`. */
async function listedUsage(root: number): Promise<ProcessUsage | undefined> {
  const listed = await runProcess("ps", ["-axo", "pid=,ppid=,rss=,time="]).catch(() => undefined);
  return listed?.code === 0 ? usageInList(listed.stdout, root) : undefined;
}

/** Reads such a list. */
export function usageInList(list: string, root: number): ProcessUsage | undefined {
  const rows = list
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(({ length }) => length === 4)
    .map(([pid, parent, memory, time = ""]) => ({
      pid: Number(pid),
      parent: Number(parent),
      memory: Number(memory) * 1024,
      seconds: secondsOf(time),
    }));
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const { pid, parent } of rows) if (tree.has(parent)) tree.add(pid);
  }
  const own = rows.filter(({ pid }) => tree.has(pid));
  if (own.length === 0) return undefined;
  return {
    cpuSeconds: own.reduce((sum, { seconds }) => sum + seconds, 0),
    memoryBytes: own.reduce((sum, { memory }) => sum + memory, 0),
    processes: own.length,
  };
}

function secondsOf(time: string): number {
  const [, days = "0", rest = time] = /^(?:(\d+)-)?(.*)$/.exec(time) ?? [];
  return rest.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}
