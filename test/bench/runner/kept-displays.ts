import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { measure } from "../measure.ts";
import type { Peers } from "./peers.ts";
import type { RunnerFigure } from "./runner.ts";

/** How many displays of one cell are in the executed notebook. */
export async function keptDisplays(peers: Peers): Promise<readonly RunnerFigure[]> {
  return [30_000, 100_000].map((count) => {
    const source = `from IPython.display import display\nfor at in range(${count}):\n    display(at)`;
    measure([peers.reprise(peers.notebook("displays", [source]))], 0);
    const { cells } = JSON.parse(readFileSync(join(peers.work, "out.ipynb"), "utf8"));
    const { environment, directory } = peers.contender("nbclient", ["python"]);
    const { stdout } = spawnSync(peers.python, [join(import.meta.dirname, "displays.py"), String(count)], {
      cwd: directory,
      env: { ...process.env, ...environment },
      encoding: "utf8",
      timeout: 600_000,
    });
    const kept = (cells[0] as { outputs: unknown[] }).outputs.length;
    return {
      what: `${count.toLocaleString("en")} displays in one cell: kept`,
      ours: kept.toLocaleString("en"),
      theirs: `nbclient: ${stdout.trim() === "" ? "fails" : Number(stdout).toLocaleString("en")}`,
      figure: kept === count ? "all" : `${count - kept} lost`,
      goal: "all",
    };
  });
}
