import type { CallSite, Dataflow, Statement } from "../../dataflow/model.ts";
import type { RandomDraw, RandomStream } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import type { Analysis } from "../analysis.ts";
import { given, meets } from "../condition.ts";

/** A call that draws random numbers which nothing makes repeatable. */
export interface UnseededDraw {
  readonly stream: RandomStream;
  /** Where the call stands that could be given a seed: the draw itself, or what made its receiver. */
  readonly statement: Statement;
  readonly node: ast.Call;
  readonly callee: string;
  /** The keyword of that seed, where there is one. */
  readonly seedArgument?: string;
  /** Where its stream is seeded, too late for this draw (NB202). */
  readonly seededBelow?: Statement;
}

/** In the order of the document; a call that draws several times, or in several places, once. */
export function unseededDraws({ document }: Analysis): readonly UnseededDraw[] {
  const found = draws.get(document) ?? findDraws(document);
  draws.set(document, found);
  return found;
}

const draws = new WeakMap<Dataflow, readonly UnseededDraw[]>();

function findDraws(document: Dataflow): readonly UnseededDraw[] {
  const positions = new Map(document.statements.map(({ id }, position) => [id, position]));
  const seeds = new Map<RandomStream, number>();
  for (const { use, stream, statement } of document.randomness) {
    if (use === "seed" && !seeds.has(stream)) seeds.set(stream, positions.get(statement) ?? 0);
  }
  const draws = new Map<ast.Call, UnseededDraw>();
  const withSeedBelow = (draw: UnseededDraw): UnseededDraw => {
    const seededBelow = draw.stream === "own" ? undefined : document.statements[seeds.get(draw.stream) ?? -1];
    return seededBelow === undefined ? draw : { ...draw, seededBelow };
  };
  const isSeeded = (stream: RandomStream, { id }: Statement): boolean =>
    stream !== "own" && (seeds.get(stream) ?? Number.POSITIVE_INFINITY) <= (positions.get(id) ?? 0);
  for (const { use, seeded, stream, statement: id, call, madeBy } of document.randomness) {
    const statement = document.statements[positions.get(id) ?? -1];
    // What was made elsewhere is judged where it was made.
    if (use === "seed" || seeded || madeBy !== undefined || statement === undefined || isSeeded(stream, statement))
      continue;
    add(draws, statement, call, stream, call.effect?.random);
  }
  for (const statement of document.statements) {
    for (const call of statement.calls) {
      const random = call.effect?.random;
      if (random?.at === undefined || random.use === "seed" || isSeeded(random.stream, statement)) continue;
      if (drawsLater(call, random)) add(draws, statement, call, random.stream, random);
    }
  }
  return [...draws.values()]
    .map(withSeedBelow)
    .sort((one, other) => (positions.get(one.statement.id) ?? 0) - (positions.get(other.statement.id) ?? 0));
}

/** A model, splitter or loader that is made without a seed and draws when it is used. */
function drawsLater({ node, effect }: CallSite, random: RandomDraw): boolean {
  if (effect === undefined || typeof random.seedArgument !== "string" || !meets(node, effect, random.when))
    return false;
  const seed = given(node, effect, random.seedArgument);
  const isNone = seed?.type === "Constant" && seed.kind === "none";
  return (seed === undefined || isNone) && node.keywords.every(({ arg }) => arg !== undefined);
}

function add(
  draws: Map<ast.Call, UnseededDraw>,
  statement: Statement,
  { node, callee, text }: CallSite,
  stream: RandomStream,
  random: RandomDraw | undefined,
): void {
  if (draws.has(node)) return;
  const seed = random?.seedArgument;
  const seedArgument = typeof seed === "string" && seed !== "self" ? { seedArgument: seed } : {};
  draws.set(node, { stream, statement, node, callee: callee ?? text, ...seedArgument });
}

const drawing = new WeakMap<Analysis, ReadonlySet<string>>();

/** Whether each run of a statement gives other numbers. */
export function drawsUnseeded(analysis: Analysis, { id }: Statement): boolean {
  const ids = drawing.get(analysis) ?? new Set(unseededDraws(analysis).map(({ statement }) => statement.id));
  drawing.set(analysis, ids);
  return ids.has(id);
}
