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
import type { Subject } from "./subject.ts";

/** Notebooks side by side. */
const workers = 2;

/**
 * Converts and proves generated notebooks (300, unless `count` says otherwise), and holds what the projects leave against
 * what the notebooks leave, by a comparison that is not the proof's. A folder of `--keep` holds the results: a run that
 * was cut off goes on from there.
 */
export function conversion({ count = 300, seed, keep }: BenchOptions): Promise<string> {
  return judged(`conversion-${seed}`, `Seed ${seed}.`, keep, (work) => generated(count, seed, work));
}

/** The same for the samples and the notebooks of the hard patterns; the first `count` of them. */
export function conversionByHand({ count, keep }: BenchOptions): Promise<string> {
  return judged("by-hand", "", keep, (work) => writtenByHand(work).slice(0, count));
}

async function judged(
  name: string,
  title: string,
  keep: string | undefined,
  subjectsIn: (work: string) => readonly Subject[],
): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), "reprise-conversion-"));
  const bench = await openBench(work);
  try {
    const subjects = subjectsIn(work);
    const kept = new Kept(keep, name);
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
    return `${title}\n\n${resultsText(results)}`.trimStart();
  } finally {
    await bench.close();
    rmSync(work, { recursive: true, force: true });
  }
}
