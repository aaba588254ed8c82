import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { testPython } from "../../support/python.ts";
import { forkedPython } from "../forked-python/forked-python.ts";
import type { BenchOptions } from "../options.ts";
import { KeptResults, type SampleResults } from "./kept-results.ts";
import { chosen, diffOf, mutantsOf } from "./mutants.ts";
import { resultsText } from "./results-text.ts";
import { convertedRequest, librariesOf, prepare } from "./subject.ts";
import { tryMutant } from "./trial.ts";

const samples = join(import.meta.dirname, "..", "..", "..", "samples");

/** Of the processor's time: a mutant that takes longer does not end. */
const limitSeconds = 120;
/** As many threads as workers would only stand in one another's way. */
const oneThread = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1", LOKY_MAX_CPU_COUNT: "1" };
/** Mutants side by side. */
const workers = 2;

/**
 * Breaks the samples' projects, one small edit at a time, and counts how many of the broken ones `verify` finds. Of what
 * it does not find, an oracle that shares nothing with it says whether anything differs at all. A folder of `--keep` holds
 * what was tried: a run that was cut off goes on from there.
 */
export async function mutation({ count = 640, seed, keep, minutes = Infinity }: BenchOptions): Promise<string> {
  const isOver = deadline(minutes);
  const python = await testPython("ml");
  const files = globSync("*/*.ipynb", { cwd: samples }).toSorted();
  const each = Math.ceil(count / files.length);
  const results: SampleResults[] = [];
  for (const file of files)
    results.push(await sampleResults(join(samples, file), python, { count: each, seed, keep, isOver }));
  return resultsText(results, seed);
}

interface Asked {
  readonly count: number;
  readonly seed: number;
  readonly keep: string | undefined;
  readonly isOver: () => boolean;
}

function deadline(minutes: number): () => boolean {
  const end = performance.now() + minutes * 60_000;
  return () => performance.now() >= end;
}

async function sampleResults(
  file: string,
  python: string,
  { count, seed, keep, isOver }: Asked,
): Promise<SampleResults> {
  const sample = basename(file, ".ipynb");
  const kept = new KeptResults(sample, keep, `${count} ${seed}`);
  if (kept.complete !== undefined) return kept.complete;
  if (isOver()) return kept.cutOff();
  const work = mkdtempSync(join(tmpdir(), "reprise-mutation-"));
  const engine = await localEngine({ environment: { python, folder: dirname(dirname(python)), version: "3.11" } });
  const closing: (() => Promise<void>)[] = [() => engine.close()];
  try {
    const request = await convertedRequest(file, join(work, sample), engine);
    if (request === undefined) return kept.finish({ left: "it is not converted" });
    const forks = await forkedPython({
      python,
      libraries: librariesOf(request.projectFolder),
      environment: { PYTHONHASHSEED: String(request.plan.seeding.default), MPLBACKEND: "Agg", ...oneThread },
      limitSeconds,
    });
    closing.unshift(() => forks.close());
    const stages = await localEngine({ environment: { python: forks.python, folder: forks.folder, version: "3.11" } });
    closing.unshift(() => stages.close());
    const subject = await prepare(request, stages);
    if (subject === undefined) return kept.finish({ left: "the notebook does not run" });
    const { outcome, origin } = subject.verification;
    if (outcome !== "identical" && outcome !== "equivalent") {
      return kept.finish({
        left: `the sound project is ${outcome}${origin ? ` at ${origin.name}: ${origin.message}` : ""}`,
      });
    }
    const all = await mutantsOf(subject, python, work);
    const waiting = chosen(all, count, seed).entries();
    const worker = async (): Promise<void> => {
      for (const [at, mutant] of waiting) {
        const diff = diffOf(mutant);
        if (isOver()) return;
        if (kept.has(mutant, diff)) continue;
        kept.add({ mutant, diff, fate: await tryMutant(subject, mutant, join(work, `mutant-${at}`)) });
        process.stderr.write(`\r${sample}: ${kept.count} of ${count} `);
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    const rest = { possible: all.length, unstable: subject.unstable };
    return isOver() ? kept.cutOff(rest) : kept.finish(rest);
  } finally {
    for (const close of closing) await close();
    rmSync(work, { recursive: true, force: true });
  }
}
