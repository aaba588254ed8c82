import type { CallSite, RandomUse, StatementId } from "../dataflow/model.ts";
import type { Role } from "../effects/effect.ts";
import type { Bench } from "./bench.ts";
import { streamsDrawnBySize } from "./draws-by-size.ts";
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
    const uses = usesOf(stream, bench).filter((use) => stageOf.has(use.statement));
    if (!uses.some(draws)) continue;
    if (!uses.some(({ use }) => use === "seed")) seeded.push(stream);
    else carried.push(...carry(stream, uses, stages, stageOf, bench.notes));
  }
  return { seeded, carried, default: typeof seedParameter === "number" ? seedParameter : 0 };
}

interface Use extends Pick<RandomUse, "statement" | "use" | "seeded"> {
  readonly isCertain: boolean;
}

/** What is done with a stream, in order; what may draw from it, as far as the code tells, among it. */
function usesOf(stream: Stream, bench: Bench): readonly Use[] {
  const known = bench.dataflow.randomness
    .filter((use) => use.stream === stream)
    .map((use): Use => ({ ...use, isCertain: true }));
  const mayDraw = perhapsDrawing(stream, bench);
  if (mayDraw === undefined) return known;
  const positions = new Map(bench.facts.map(({ id, position }) => [id, position]));
  const perhaps = bench.facts
    .filter(({ statement }) => statement.calls.some(mayDraw))
    .map(({ id }): Use => ({ statement: id, use: "draw", seeded: false, isCertain: false }));
  return [...known, ...perhaps].sort(
    (one, other) => (positions.get(one.statement) ?? 0) - (positions.get(other.statement) ?? 0),
  );
}

/**
 * Which calls may draw from a stream although nothing says so: those that are not known, where modules of the notebook's
 * own draw from it, and those that fit something, where what is made draws by the size of the data.
 */
function perhapsDrawing(stream: Stream, { analysis, dataflow }: Bench): ((call: CallSite) => boolean) | undefined {
  const inModules = analysis.ownModules?.draws.includes(stream) === true;
  const bySize = streamsDrawnBySize(dataflow).has(stream);
  if (!inModules && !bySize) return undefined;
  return ({ effect, role }) => effect === undefined || (bySize && role !== undefined && fitting.has(role));
}

const fitting: ReadonlySet<Role> = new Set(["fit", "fit-transform", "search", "score"]);

function draws({ use, seeded }: Use): boolean {
  return use === "draw" && !seeded;
}

function carry(
  stream: Stream,
  uses: readonly Use[],
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
          `Stage ${stage.name} ${first.isCertain ? "draws" : "may draw"} from the ${stream} stream before the notebook seeds it: that part cannot be repeated.`,
        );
      else carried.push({ stream, from, to: [stage.name] });
    }
    last = index;
  }
  return carried;
}
