import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import type { Finding } from "../../../core/src/rules/finding.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { testPython } from "../../support/python.ts";
import type { BenchOptions } from "../options.ts";
import type { Draft } from "../programs/draft.ts";
import { Random } from "../programs/random.ts";
import { writeProgram } from "../programs/write.ts";
import { type Plan, runAll } from "./draft.ts";
import { type Evidence, needsAgain, needsTwice } from "./judge.ts";
import { operators } from "./operators/index.ts";
import { type Operator, planOf, type Subject } from "./operators/operator.ts";
import { beginningOf, sampleDrafts } from "./samples.ts";
import { savedNotebook } from "./saved-notebook.ts";
import { faultsOf, type Outcome, outcomeOf, report } from "./score.ts";
import { type Session, Sessions } from "./sessions.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** Kernels at a time: a start is mostly waiting. */
const workers = 3;

/**
 * The rules against notebooks with known faults: clean notebooks, half of them written by a generator and half from the
 * samples, get one fault each (or a change that is none), are run for real as a person would, saved, judged, and run
 * from top to bottom twice to see which findings come true. `keep` gets the notebooks of misses and false alarms, and
 * what was run: named again, it is not run anew, so that a run that was cut off goes on, with other rules or the same.
 */
export async function analysis({ count = 1000, seed, keep }: BenchOptions): Promise<string> {
  return report(await outcomes({ count, seed, ...(keep === undefined ? {} : { keep }) }));
}

export interface OutcomeOptions {
  readonly count: number;
  readonly seed: number;
  /** A folder for misses and false alarms, and for what was run. */
  readonly keep?: string;
  /** Only notebooks that the generator writes: they are quick. */
  readonly programsOnly?: boolean;
}

export async function outcomes({
  count,
  seed,
  keep,
  programsOnly = false,
}: OutcomeOptions): Promise<readonly Outcome[]> {
  const python = await testPython("ml");
  const parser = await createPythonParser(loadGrammar());
  // Two hash keys, so that what hangs on the order of a set shows.
  const one = new Sessions(python, workers, 1, keep);
  const other = new Sessions(python, workers, 2, keep);
  try {
    const samples = sampleDrafts(root);
    const judged = async (at: number): Promise<Outcome> => {
      const index = programsOnly ? 2 * at : at;
      const plan = await planFor(index, seed, samples, one);
      const { draft, steps, times } = plan;
      const recorded = await one.replay({ cells: draft.cells, files: draft.files, steps, times, twice: [] });
      const text = savedNotebook(recorded.cells);
      const told = findings(analyseNotebook(readNotebook(text, "made.ipynb"), parser)).findings;
      const evidence = await evidenceOf(plan, recorded, told, one, other);
      const outcome = outcomeOf(plan, evidence, told);
      if (keep !== undefined) keepFaults(keep, index, outcome, evidence);
      return outcome;
    };
    return await inTurns(count, workers * 2, judged);
  } finally {
    await Promise.all([one.stop(), other.stop()]);
  }
}

/** The plan of one number: the same for the same seed, whatever the others are. */
async function planFor(index: number, seed: number, samples: readonly Draft[], sessions: Sessions): Promise<Plan> {
  // Each operator gets its turn; where a notebook has no place for it, another notebook is made.
  const operator = operators[Math.floor(index / 2) % operators.length] as Operator;
  for (let attempt = 0; attempt < 200; attempt++) {
    const random = new Random(seed * 1_000_003 + index * 211 + attempt);
    random.next();
    const draft = index % 2 === 0 || attempt > 40 ? writeProgram(random) : beginningOf(random.pick(samples), random);
    const code = draft.cells.filter(({ kind }) => kind === "code");
    const names = await sessions.describe(code.map(({ source }) => source));
    const subject: Subject = {
      draft,
      random,
      sites: code.map((cell, at) => ({ ...cell, ...(names[at] ?? { binds: [], loads: [] }), at })),
    };
    const plan = planOf(operator, subject);
    if (plan !== undefined) return plan;
  }
  throw new Error(`no place for "${operator.name}" in 200 notebooks`);
}

/** Runs the saved notebook from top to bottom, as often as there is something to judge by it. */
async function evidenceOf(
  { draft: { files }, expected }: Plan,
  recorded: Session,
  told: readonly Finding[],
  one: Sessions,
  other: Sessions,
): Promise<Evidence> {
  const cells = recorded.cells.map(({ id, kind, source }) => ({ id, kind, source }));
  const claims = [
    ...told.map(({ rule, cell }) => ({ rule, cell: cells[cell]?.id ?? "" })),
    ...expected.flatMap(({ rules, cell = "" }) => rules.map((rule) => ({ rule, cell }))),
  ];
  const twice = claims.filter(({ rule }) => needsTwice(rule)).map(({ cell }) => cell);
  const anew = { cells, files, steps: runAll(cells), times: false };
  const fresh = await other.replay({ ...anew, twice });
  if (!claims.some(({ rule }) => needsAgain(rule))) return { recorded, fresh };
  return { recorded, fresh, again: await one.replay({ ...anew, twice: [] }) };
}

/** For looking at: the notebook, what is wrong, and what happened. */
function keepFaults(folder: string, index: number, outcome: Outcome, evidence: Evidence): void {
  const { operator, draft } = outcome.plan;
  const name = join(folder, `${index}-${operator.replace(/\W+/g, "-")}`);
  // Those of other rules, judged before.
  for (const end of ["ipynb", "txt", "json"]) rmSync(`${name}.${end}`, { force: true });
  const faults = faultsOf(outcome);
  if (faults.length === 0) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${name}.ipynb`, savedNotebook(evidence.recorded.cells));
  writeFileSync(`${name}.txt`, `${operator} on ${draft.origin}\n${faults.join("\n")}\n`);
  writeFileSync(`${name}.json`, JSON.stringify(evidence, null, 1));
}

/** Runs the work of 0, 1, 2 ..., so many at a time; the answers in their order. */
async function inTurns<T>(count: number, atOnce: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next++;
      answers[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}
