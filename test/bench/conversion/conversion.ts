import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchOptions } from "../options.ts";
import { openBench } from "./bench.ts";
import { generated, writtenByHand } from "./corpus.ts";
import { judgeSubject } from "./judge-subject.ts";
import type { Judged } from "./judged.ts";
import { Kept } from "./kept.ts";
import { resultsText } from "./results-text.ts";

/** Notebooks side by side. */
const workers = 2;

/**
 * Converts and proves the samples, the notebooks of the hard patterns and `count` generated ones, and holds what the
 * projects leave against what the notebooks leave, by a comparison that is not the proof's. A folder of `--keep` holds the
 * results: a run that was cut off goes on from there.
 */
export async function conversion({ count = 300, seed, keep }: BenchOptions): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), "reprise-conversion-"));
  const bench = await openBench(work);
  try {
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
    await bench.close();
    rmSync(work, { recursive: true, force: true });
  }
}
