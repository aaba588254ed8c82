import { type Measured, measure } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import type { Peers } from "./peers.ts";
import type { RunnerFigure } from "./runner.ts";
import { trivialCells } from "./whole-process.ts";

const cells = 200;

/** Whole processes that run a notebook of two hundred cells, by the cell. */
export async function perCell(peers: Peers, { rounds }: BenchOptions): Promise<readonly RunnerFigure[]> {
  const notebook = peers.notebook("two-hundred", trivialCells(cells));
  const [ours, theirs] = measure([peers.reprise(notebook), peers.nbclient(notebook)], rounds);
  if (!ours || !theirs) throw new Error("nothing was measured");
  return [
    {
      what: `${cells} cells, whole process, ms per cell`,
      ours: eachOf(ours),
      theirs: `nbclient: ${eachOf(theirs)}`,
      figure: (ours.median / theirs.median).toFixed(2),
      goal: "below 1",
    },
  ];
}

function eachOf({ median }: Measured): string {
  return (median / cells).toFixed(2);
}
