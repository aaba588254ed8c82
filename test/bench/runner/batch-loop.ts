import { dirname } from "node:path";
import { measure, spread } from "../measure.ts";
import type { Peers } from "./peers.ts";
import type { RunnerFigure } from "./runner.ts";

const runs = 40;

/** Many short runs, two at a time: `batch` beside papermill in a shell's loop. Once each: it takes minutes. */
export async function batchLoop(peers: Peers): Promise<readonly RunnerFigure[]> {
  const notebook = peers.notebook("short", ["import time\ntime.sleep(2)\nprint(n)"]);
  const environment = dirname(dirname(peers.python));
  const values = Array.from({ length: runs }, (_, at) => at).join(",");
  const batch = [...peers.command, "batch", notebook, "-p", `n=${values}`, "--workers", "2"] as const;
  const [papermill, ...words] = peers.papermill(notebook).command.slice(0, -2);
  const loop = `seq ${runs} | xargs -P 2 -I{} ${papermill} ${words.join(" ")} -p n {} ${notebook} ${peers.work}/out-{}.ipynb`;
  const [ours, theirs] = measure(
    [
      peers.contender("reprise batch", [...batch, "--environment", environment]),
      peers.contender("papermill", ["sh", "-c", loop]),
    ],
    1,
    false,
  );
  if (!ours || !theirs) throw new Error("nothing was measured");
  return [
    {
      what: `${runs} runs of 2 s, two at a time, ms`,
      ours: spread(ours),
      theirs: `papermill: ${spread(theirs)}`,
      figure: (ours.median / theirs.median).toFixed(2),
      goal: "at most 0.6",
    },
  ];
}
