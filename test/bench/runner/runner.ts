import { buildCommandLine } from "../../../scripts/build.ts";
import { table } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import { batchLoop } from "./batch-loop.ts";
import { cellTimes } from "./cell-times.ts";
import { keptDisplays } from "./kept-displays.ts";
import { outputCosts } from "./output-costs.ts";
import { openPeers, type Peers } from "./peers.ts";
import { perCell } from "./per-cell.ts";
import { spawnToReady } from "./spawn-to-ready.ts";
import { wholeProcess } from "./whole-process.ts";

/** One line of the table: what was measured, of us and of the other, and what it is meant to be at most. */
export interface RunnerFigure {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly figure: string;
  readonly goal: string;
}

type Part = (peers: Peers, options: BenchOptions) => Promise<readonly RunnerFigure[]>;

const parts: readonly Part[] = [wholeProcess, perCell, cellTimes, spawnToReady, keptDisplays, outputCosts, batchLoop];

/** `run` and `batch` beside papermill, nbclient and a bare kernel, in one environment. */
export function runner(options: BenchOptions): Promise<string> {
  return figures(parts, options);
}

/** The part of it that measures processor time and memory, which a busy machine changes little. */
export function runnerOutputs(options: BenchOptions): Promise<string> {
  return figures([outputCosts], options);
}

async function figures(chosen: readonly Part[], options: BenchOptions): Promise<string> {
  await buildCommandLine();
  const peers = await openPeers();
  try {
    const rows: string[][] = [];
    for (const part of chosen) {
      for (const { what, ours, theirs, figure, goal } of await part(peers, options)) {
        rows.push([what, ours, theirs, figure, goal]);
        // It takes minutes: what is known is shown.
        console.error(`${what}: ${ours} | ${theirs} | ${figure} (${goal})`);
      }
    }
    return table(["", "reprise", "beside it", "figure", "goal"], rows);
  } finally {
    peers.remove();
  }
}
