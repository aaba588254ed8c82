import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

/** One thing to measure: a whole process, from its start to its end. */
export interface Contender {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What its earlier runs left, removed before each. */
  readonly removes?: readonly string[];
}

export interface Measured {
  readonly name: string;
  /** Wall-clock milliseconds of each run, sorted. */
  readonly milliseconds: readonly number[];
  readonly median: number;
}

/**
 * Runs the contenders in turn, A B A B, so that a machine whose speed drifts is as kind to one as to the other; one
 * round first that is not counted (`warmsUp`). Throws where one of them fails: a broken command is fast.
 */
export function measure(contenders: readonly Contender[], rounds: number, warmsUp = true): readonly Measured[] {
  const times = contenders.map((): number[] => []);
  for (let round = warmsUp ? 0 : 1; round <= rounds; round++) {
    contenders.forEach((contender, at) => {
      const took = once(contender);
      if (round > 0) times[at]?.push(took);
    });
  }
  return contenders.map(({ name }, at) => {
    const milliseconds = (times[at] as number[]).sort((a, b) => a - b);
    return { name, milliseconds, median: median(milliseconds) };
  });
}

/** Whoever takes longer, hangs; forty short runs on a busy machine do not. */
const longestMilliseconds = 1_200_000;

function once({ name, command: [program, ...args], directory, environment, removes = [] }: Contender): number {
  for (const path of removes) rmSync(path, { recursive: true, force: true });
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, args, {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: longestMilliseconds,
    maxBuffer: 1 << 28,
  });
  const took = performance.now() - start;
  // 1 is an answer (findings), not a failure.
  if (error || (status !== 0 && status !== 1))
    throw new Error(`${name} ended with ${status}: ${stderr}`, { cause: error });
  return took;
}

/** The middle of sorted numbers. */
export function median(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return (low + high) / 2;
}

/** A table for the terminal and for docs/benchmarks.md. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** `min / median / max` in whole milliseconds. */
export function spread({ milliseconds, median }: Measured): string {
  const [first = Number.NaN, last = Number.NaN] = [milliseconds[0], milliseconds.at(-1)];
  return `${first.toFixed(0)} / **${median.toFixed(0)}** / ${last.toFixed(0)}`;
}
