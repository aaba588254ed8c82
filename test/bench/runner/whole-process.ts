import { type Measured, measure, spread } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import type { Peers } from "./peers.ts";
import type { RunnerFigure } from "./runner.ts";

/** Whole processes: one cell, and five hundred with and without saving while they run. */
export async function wholeProcess(peers: Peers, { rounds }: BenchOptions): Promise<readonly RunnerFigure[]> {
  const one = peers.notebook("one", ["print(1)"]);
  const many = peers.notebook("many", trivialCells(500));
  const [oneOurs, oneTheirs] = measure([peers.reprise(one), peers.papermill(one)], rounds);
  const [saved, unsaved, theirs] = measure(
    [peers.reprise(many), peers.reprise(many, ["--no-save"]), peers.papermill(many)],
    rounds,
  );
  return [
    compared("one cell, whole process, ms", oneOurs, "papermill", oneTheirs, "0.5"),
    compared("500 cells, saved while they run, ms", saved, "without saving", unsaved, "1.1"),
    compared("500 cells, saved while they run, ms", saved, "papermill", theirs, "0.15"),
  ];
}

export function trivialCells(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `x = ${at}\nprint(x)`);
}

function compared(
  what: string,
  ours: Measured | undefined,
  name: string,
  theirs: Measured | undefined,
  goal: string,
): RunnerFigure {
  if (!ours || !theirs) throw new Error("nothing was measured");
  return {
    what,
    ours: spread(ours),
    theirs: `${name}: ${spread(theirs)}`,
    figure: (ours.median / theirs.median).toFixed(2),
    goal: `at most ${goal}`,
  };
}
