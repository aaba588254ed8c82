import { testPython } from "../../support/python.ts";
import { table } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import { Random } from "../programs/random.ts";
import { type KillOutcome, killableCells, killTrial, type Victim } from "./kill-trial.ts";
import { runsAtOnce } from "./runs-at-once.ts";

const victims: readonly Victim[] = ["kernel", "runner", "both"];
const atOnce = 64;

/** Runs that are killed at random moments: the kernel, the runner, both; each `count` times. And many runs at once. */
export async function faults({ count = 50, seed }: BenchOptions): Promise<string> {
  const python = await testPython("kernel");
  const random = new Random(seed);
  const outcomes: KillOutcome[] = [];
  for (let trial = 0; trial < count; trial++) {
    for (const victim of victims) {
      const moment = { cell: random.between(1, killableCells), milliseconds: random.between(0, 60) };
      outcomes.push(await killTrial(python, victim, moment));
    }
  }
  const rows = victims.map((victim) => {
    const own = outcomes.filter((outcome) => outcome.victim === victim);
    const killed = own.filter(({ tooLate }) => !tooLate);
    const good = killed.filter(({ wrong }) => wrong.length === 0).length;
    return [victim, `${own.length}`, `${killed.length}`, `${good}`];
  });
  const wrong = outcomes.flatMap(({ moment: { cell, milliseconds }, victim, wrong: found }) =>
    found.map((what) => `${victim}, ${milliseconds} ms after cell ${cell} began: ${what}`),
  );
  const many = await runsAtOnce(python, atOnce);
  const manyRow = [`${many.runs}`, `${many.right}`, many.seconds.toFixed(0)];
  return [
    table(["kill -9 of", "moments", "before its end", "nothing lost, resumed, nothing left"], rows),
    table(["runs at once", "succeeded with their own results", "s"], [manyRow]),
    [...wrong, ...many.wrong].map((line) => `- ${line}`).join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
