import { testPython } from "../../support/python.ts";
import { table } from "../measure.ts";
import type { BenchOptions } from "../options.ts";
import { Random } from "../programs/random.ts";
import { type KillOutcome, killTrial, type Victim } from "./kill-trial.ts";

const victims: readonly Victim[] = ["kernel", "runner", "both"];

/** Runs that are killed at random moments: the kernel, the runner, both; each `count` times. */
export async function faults({ count = 50, seed }: BenchOptions): Promise<string> {
  const python = await testPython("kernel");
  const random = new Random(seed);
  const outcomes: KillOutcome[] = [];
  for (let trial = 0; trial < count; trial++) {
    for (const victim of victims) outcomes.push(await killTrial(python, victim, random.between(0, 800)));
  }
  const rows = victims.map((victim) => {
    const own = outcomes.filter((outcome) => outcome.victim === victim);
    const killed = own.filter(({ tooLate }) => !tooLate);
    const good = killed.filter(({ wrong }) => wrong.length === 0).length;
    return [victim, `${own.length}`, `${killed.length}`, `${good}`];
  });
  const wrong = outcomes.flatMap((outcome) =>
    outcome.wrong.map((what) => `- ${outcome.victim}, after ${outcome.afterMilliseconds} ms: ${what}`),
  );
  const told = wrong.length === 0 ? "" : `\n\n${wrong.join("\n")}`;
  return `${table(["kill -9 of", "moments", "before its end", "nothing lost, resumed, nothing left"], rows)}${told}`;
}
