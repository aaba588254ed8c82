import { median } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import { type Observed, observe } from "./observe.ts";
import type { Peers } from "./peers.ts";
import type { RunnerFigure } from "./runner.ts";

const flushes = "import sys\nfor i in range(20000):\n    print('x' * 511)\n    sys.stdout.flush()";
const flood = "for i in range(8000):\n    print('x' * 65535)";

/** What the client's own process takes for much output: processor time, and memory. */
export async function outputCosts(peers: Peers, { rounds }: BenchOptions): Promise<readonly RunnerFigure[]> {
  const small = peers.notebook("flushes", [flushes]);
  const large = peers.notebook("flood", [flood]);
  const [ours, theirs, most]: [Observed[], Observed[], Observed[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    ours.push(await observe(peers.reprise(small)));
    theirs.push(await observe(peers.nbclient(small)));
    if (round < 3) most.push(await observe(peers.reprise(large)));
  }
  const seconds = [ours, theirs].map((runs) => middle(runs, "processorSeconds")) as [number, number];
  return [
    {
      what: "10 MB in 20,000 flushes: processor time of the client, s",
      ours: seconds[0].toFixed(2),
      theirs: `nbclient: ${seconds[1].toFixed(2)}`,
      figure: (seconds[0] / seconds[1]).toFixed(2),
      goal: "at most 0.33",
    },
    memory("10 MB of output: memory of the client", middle(ours, "megabytes"), middle(theirs, "megabytes"), 120),
    memory("500 MB of output: memory of the client", middle(most, "megabytes"), undefined, 250),
  ];
}

function middle(runs: readonly Observed[], key: keyof Observed): number {
  return median(runs.map((run) => run[key]).sort((one, other) => one - other));
}

function memory(what: string, ours: number, theirs: number | undefined, goal: number): RunnerFigure {
  return {
    what: `${what}, MB`,
    ours: ours.toFixed(0),
    theirs: theirs === undefined ? "" : `nbclient: ${theirs.toFixed(0)}`,
    figure: ours.toFixed(0),
    goal: `under ${goal}`,
  };
}
