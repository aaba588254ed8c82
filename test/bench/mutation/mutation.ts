import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { testPython } from "../../support/python.ts";
import type { BenchOptions } from "../options.ts";
import { forkingEngine } from "./forking-engine.ts";
import { chosen, diffOf, type Mutant, mutantsOf } from "./mutants.ts";
import { type Result, resultsText } from "./results-text.ts";
import { convertedRequest, librariesOf, prepare, type Subject } from "./subject.ts";
import { type Fate, tryMutant } from "./trial.ts";

const samples = join(import.meta.dirname, "..", "..", "..", "samples");

/** A mutant that takes longer does not end. */
const limitSeconds = 120;
/** As many threads as workers would only stand in one another's way. */
const oneThread = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1", LOKY_MAX_CPU_COUNT: "1" };
/** Mutants side by side. */
const workers = 2;

/**
 * Breaks the samples' projects, one small edit at a time, and counts how many of the broken ones `verify` finds. Of what
 * it does not find, an oracle that shares nothing with it says whether anything differs at all.
 */
export async function mutation({ count = 500, seed, keep }: BenchOptions): Promise<string> {
  const python = await testPython("ml");
  const work = mkdtempSync(join(tmpdir(), "reprise-mutation-"));
  const engine = await localEngine({ environment: { python, folder: dirname(dirname(python)), version: "3.11" } });
  const closing: (() => Promise<void>)[] = [() => engine.close()];
  const wanted = process.env.REPRISE_SAMPLES?.split(",");
  try {
    const subjects = new Map<string, Subject>();
    const all: Mutant[] = [];
    const left: string[] = [];
    for (const file of globSync("*/*.ipynb", { cwd: samples }).toSorted()) {
      const name = basename(file, ".ipynb");
      if (wanted !== undefined && !wanted.includes(name)) continue;
      const request = await convertedRequest(join(samples, file), join(work, name), engine);
      if (request === undefined) {
        left.push(`${name} (not converted)`);
        continue;
      }
      const environment = { PYTHONHASHSEED: String(request.plan.seeding.default), MPLBACKEND: "Agg", ...oneThread };
      const forks = forkingEngine(engine, python, librariesOf(request.projectFolder), environment, limitSeconds);
      closing.unshift(() => forks.close());
      const began = performance.now();
      const subject = await prepare(request, forks);
      process.stderr.write(
        `${name}: ${subject?.verification.outcome} in ${Math.round((performance.now() - began) / 1000)} s\n`,
      );
      const outcome = subject?.verification.outcome ?? "does not run";
      if (subject === undefined || (outcome !== "identical" && outcome !== "equivalent")) {
        left.push(
          `${name} (${outcome}${subject?.verification.origin ? ` at ${subject.verification.origin.name}` : ""})`,
        );
        continue;
      }
      subjects.set(name, subject);
      all.push(...(await mutantsOf(subject, python, work)));
    }
    const results = await tryAll(chosen(all, count, seed), subjects, work, keep);
    return resultsText(results, { possible: all.length, samples: subjects.size, left, seed });
  } finally {
    for (const close of closing) await close();
    rmSync(work, { recursive: true, force: true });
  }
}

async function tryAll(
  mutants: readonly Mutant[],
  subjects: ReadonlyMap<string, Subject>,
  work: string,
  keep: string | undefined,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = mutants.entries();
  const worker = async (): Promise<void> => {
    for (const [at, mutant] of waiting) {
      const subject = subjects.get(mutant.sample) as Subject;
      const fate: Fate = await tryMutant(subject, mutant, join(work, `mutant-${at}`));
      results.push({ mutant, fate, diff: diffOf(mutant) });
      if (process.stderr.isTTY || at % 10 === 0) process.stderr.write(`${results.length} of ${mutants.length}\n`);
      if (keep !== undefined) writeFileSync(join(keep, "mutation.json"), JSON.stringify(results.map(withoutText)));
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}

const withoutText = ({ mutant: { text: _text, ...mutant }, ...rest }: Result) => ({ ...mutant, ...rest });
