import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { testPython } from "../../support/python.ts";
import { forkedPython } from "../forked-python/forked-python.ts";
import type { BenchOptions } from "../options.ts";
import { openConverter } from "./converter.ts";
import { generated, writtenByHand } from "./corpus.ts";
import { judgeSubject } from "./judge-subject.ts";
import type { Judged } from "./judged.ts";
import { Kept } from "./kept.ts";
import { resultsText } from "./results-text.ts";

/** What most notebooks and projects import. */
const libraries = [
  "numpy",
  "pandas",
  "pyarrow.parquet",
  "matplotlib.pyplot",
  "sklearn.ensemble",
  "sklearn.impute",
  "sklearn.metrics",
  "sklearn.neighbors",
  "sklearn.preprocessing",
  "sklearn.tree",
  "sklearn.linear_model",
  "sklearn.model_selection",
  "sklearn.pipeline",
  "joblib",
  "IPython",
  "ipykernel.kernelapp",
];
/** As many threads as workers would only stand in one another's way. */
const environment = {
  PYTHONHASHSEED: "0",
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  LOKY_MAX_CPU_COUNT: "1",
};
/** Notebooks side by side. */
const workers = 2;

/**
 * Converts and proves the samples, the notebooks of the hard patterns and `count` generated ones, and holds what the
 * projects leave against what the notebooks leave, by a comparison that is not the proof's. A folder of `--keep` holds the
 * results: a run that was cut off goes on from there.
 */
export async function conversion({ count = 300, seed, keep }: BenchOptions): Promise<string> {
  const python = await testPython("ml");
  const work = mkdtempSync(join(tmpdir(), "reprise-conversion-"));
  const forks = await forkedPython(python, libraries, environment);
  const engine = await localEngine({
    environment: { python: forks.python, folder: forks.folder, version: "3.11" },
  });
  try {
    const bench = { converter: await openConverter(), engine, python: forks.python, work };
    const subjects = [...generated(count, seed, work), ...writtenByHand(work)];
    const kept = new Kept(keep, `conversion-${seed}`);
    const results: Judged[] = [];
    const waiting = subjects.entries();
    const worker = async (): Promise<void> => {
      for (const [at, subject] of waiting) {
        const known = kept.get(subject);
        const judged = known ?? (await judgeSubject(subject, bench));
        if (known === undefined) kept.add(judged);
        results[at] = judged;
        process.stderr.write(`\r${results.filter(Boolean).length} of ${subjects.length} `);
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    return resultsText(results, seed);
  } finally {
    await engine.close();
    await forks.close();
    rmSync(work, { recursive: true, force: true });
  }
}
