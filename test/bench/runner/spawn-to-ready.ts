import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import { openKernel } from "../../../core/src/run/cells/kernel-session.ts";
import { median } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import { bareKernel } from "./cell-times.ts";
import type { Peers } from "./peers.ts";
import type { RunnerFigure } from "./runner.ts";

/** From the start of a kernel's process to its first answer. */
export async function spawnToReady(peers: Peers, { rounds }: BenchOptions): Promise<readonly RunnerFigure[]> {
  const engine = await localEngine({ environment: await foundEnvironment(peers.python) });
  const [ours, bare]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round <= rounds; round++) {
      const theirs = bareKernel(peers, 0).ready * 1000;
      const began = performance.now();
      const { client } = await openKernel(engine, { directory: peers.work });
      const took = performance.now() - began;
      await client.shutdown();
      if (round === 0) continue;
      ours.push(took);
      bare.push(theirs);
    }
  } finally {
    await engine.close();
  }
  const [we, kernel] = [ours, bare].map((times) => median(times.sort((one, other) => one - other))) as [number, number];
  return [
    {
      what: "spawn to ready, ms",
      ours: we.toFixed(0),
      theirs: `a bare kernel: ${kernel.toFixed(0)}`,
      figure: (we / kernel).toFixed(2),
      goal: "at most 1.3",
    },
  ];
}
