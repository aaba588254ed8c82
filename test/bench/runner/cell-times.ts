import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { runNotebook } from "../../../core/src/run/run-notebook.ts";
import { notebookText } from "../../support/notebooks.ts";
import { median } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import type { Peers } from "./peers.ts";
import type { RunnerFigure } from "./runner.ts";
import { trivialCells } from "./whole-process.ts";

const cells = 500;

/** What a cell takes above the kernel's own time: from the first cell's start to the last one's end. */
export async function cellTimes(peers: Peers, { rounds }: BenchOptions): Promise<readonly RunnerFigure[]> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    bare.push(bareKernel(peers, cells).cell * 1000);
    ours.push(await perCell(peers));
  }
  const [we, kernel] = [ours, bare].map((times) => median(times.sort((one, other) => one - other))) as [number, number];
  return [
    {
      what: "a trivial cell, ms",
      ours: we.toFixed(2),
      theirs: `a bare kernel: ${kernel.toFixed(2)}`,
      figure: `${(we - kernel).toFixed(2)} above`,
      goal: "at most 0.5 above",
    },
  ];
}

export function bareKernel({ python, work }: Peers, count: number): { readonly ready: number; readonly cell: number } {
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, "bare.py"), String(count)], {
    cwd: work,
    encoding: "utf8",
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(`the bare kernel ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

async function perCell({ python, work }: Peers): Promise<number> {
  const engine = await localEngine({ environment: await foundEnvironment(python) });
  try {
    const notebook = readNotebook(notebookText(trivialCells(cells)), join(work, "many.ipynb"));
    let began = 0;
    let ended = 0;
    await runNotebook(
      { notebook, engine, directory: work, command: [], output: join(work, "out.ipynb") },
      ({ kind }) => {
        if (kind === "cell-started") began ||= performance.now();
        if (kind === "cell-ended") ended = performance.now();
      },
    );
    return (ended - began) / cells;
  } finally {
    await engine.close();
  }
}
