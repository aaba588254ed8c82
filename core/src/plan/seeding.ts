import type { RandomUse, StatementId } from "../dataflow/model.ts";
import type { Bench } from "./bench.ts";
import type { Seeding } from "./plan.ts";

type Stream = Seeding["seeded"][number];
const streams: readonly Stream[] = ["random", "numpy", "torch", "tensorflow"];

/**
 * How randomness is made repeatable: a stream that nothing seeds is seeded in every stage; one that a stage seeds and a
 * later one draws from crosses as its state, from each stage that uses it to the next.
 */
export function planSeeding(
  bench: Bench,
  stages: readonly { readonly name: string; readonly statements: readonly StatementId[] }[],
  seedParameter: unknown,
): Seeding {
  const stageOf = new Map<StatementId, number>();
  for (const [index, { statements }] of stages.entries())
    for (const id of statements) if (!stageOf.has(id)) stageOf.set(id, index);
  const seeded: Stream[] = [];
  const carried: Seeding["carried"][number][] = [];
  for (const stream of streams) {
    const uses = bench.dataflow.randomness.filter((use) => use.stream === stream && stageOf.has(use.statement));
    if (!uses.some(draws)) continue;
    if (!uses.some(({ use }) => use === "seed")) seeded.push(stream);
    else carried.push(...carry(stream, uses, stages, stageOf, bench.notes));
  }
  return { seeded, carried, default: typeof seedParameter === "number" ? seedParameter : 0 };
}

function draws({ use, seeded }: RandomUse): boolean {
  return use === "draw" && !seeded;
}

function carry(
  stream: Stream,
  uses: readonly RandomUse[],
  stages: readonly { readonly name: string }[],
  stageOf: ReadonlyMap<StatementId, number>,
  notes: string[],
): Seeding["carried"][number][] {
  const carried: Seeding["carried"][number][] = [];
  let last: number | undefined;
  for (const [index, stage] of stages.entries()) {
    const own = uses.filter(({ statement }) => stageOf.get(statement) === index);
    const relevant = own.filter((use) => use.use === "seed" || draws(use));
    const [first] = relevant;
    if (first === undefined) continue;
    const from = last === undefined ? undefined : stages[last]?.name;
    if (first.use === "draw") {
      if (from === undefined)
        notes.push(
          `Stage ${stage.name} draws from the ${stream} stream before the notebook seeds it: that part cannot be repeated.`,
        );
      else carried.push({ stream, from, to: [stage.name] });
    }
    last = index;
  }
  return carried;
}
