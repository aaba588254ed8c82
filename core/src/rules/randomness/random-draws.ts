import type { AnalysedCell, CallSite, Dataflow, Statement, StatementId } from "../../dataflow/model.ts";
import { cellOf } from "../../dataflow/statement-id.ts";
import type { RandomDraw, RandomStream } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { Range } from "../../text/position.ts";
import type { Analysis } from "../analysis.ts";
import { inStatements } from "../clue.ts";
import { leavesOpen, meets } from "../condition.ts";
import { indexOf } from "../document-index.ts";
import { analysedCell } from "../record.ts";
import { sourceRange } from "../rule.ts";

/** A call that draws random numbers which nothing makes repeatable. */
export interface UnseededDraw {
  readonly stream: RandomStream;
  /** What draws: the statement that makes the call, itself or in a function that it calls. */
  readonly statement: Statement;
  /** The call that could be given a seed: the draw itself, or what made its receiver. */
  readonly node: ast.Call;
  /** The cell whose text has that call; absent where no cell's has it as it runs (`%timeit`). */
  readonly home?: AnalysedCell;
  /** Of the call in its home, otherwise of what the statement does there. */
  readonly place: { readonly cell: number; readonly range: Range };
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
  const index = indexOf(document);
  const positionOf = (id: StatementId) => index.position(id) ?? 0;
  const seeds = new Map<RandomStream, number>();
  for (const { use, stream, statement, seeded, call } of document.randomness) {
    // `random.seed()` starts the stream from the operating system's entropy.
    const isGiven = seeded || call.effect?.random?.seedArgument === undefined;
    if (use === "seed" && isGiven && !seeds.has(stream)) seeds.set(stream, positionOf(statement));
  }
  const draws = new Map<ast.Call, UnseededDraw>();
  const homes = homesOf(document);
  const withSeedBelow = (draw: UnseededDraw): UnseededDraw => {
    const seededBelow = draw.stream === "own" ? undefined : document.statements[seeds.get(draw.stream) ?? -1];
    return seededBelow === undefined ? draw : { ...draw, seededBelow };
  };
  const isSeeded = (stream: RandomStream, { id }: Statement): boolean =>
    stream !== "own" && (seeds.get(stream) ?? Number.POSITIVE_INFINITY) <= positionOf(id);
  for (const { use, seeded, stream, byTheWay, statement: id, call, madeBy } of document.randomness) {
    const statement = index.statement(id);
    // What was made elsewhere is judged where it was made; a draw by the way with the one that it goes with.
    if (
      use === "seed" ||
      seeded ||
      byTheWay ||
      madeBy !== undefined ||
      statement === undefined ||
      isSeeded(stream, statement)
    )
      continue;
    add(draws, homes(statement, call), statement, call, stream, call.effect?.random);
  }
  for (const { statement, call, random } of laterDraws(document)) {
    if (!isSeeded(random.stream, statement)) add(draws, homes(statement, call), statement, call, random.stream, random);
  }
  return [...draws.values()]
    .map(withSeedBelow)
    .sort((one, other) => positionOf(one.statement.id) - positionOf(other.statement.id));
}

/** Calls that make what draws when it is used. */
const laterDraws = inStatements((statement) =>
  statement.calls.flatMap((call) => {
    const random = call.effect?.random;
    if (random?.at === undefined || random.use === "seed" || !drawsLater(call, random)) return [];
    return [{ statement, call, random }];
  }),
);

/** A model, splitter or loader that is made without a seed and draws when it is used. */
function drawsLater({ node, effect }: CallSite, random: RandomDraw): boolean {
  if (effect === undefined || typeof random.seedArgument !== "string" || !meets(node, effect, random.when))
    return false;
  if (random.idle !== undefined && meets(node, effect, random.idle)) return false;
  return leavesOpen(node, effect, random.seedArgument) && node.keywords.every(({ arg }) => arg !== undefined);
}

function add(
  draws: Map<ast.Call, UnseededDraw>,
  home: AnalysedCell | undefined,
  statement: Statement,
  { node, callee, text, range }: CallSite,
  stream: RandomStream,
  random: RandomDraw | undefined,
): void {
  if (draws.has(node)) return;
  const seed = random?.seedArgument;
  const seedArgument = typeof seed === "string" && seed !== "self" ? { seedArgument: seed } : {};
  const place =
    home === undefined ? { cell: statement.cell, range } : { cell: home.cell.index, range: sourceRange(home, node) };
  draws.set(node, { stream, statement, node, place, ...(home && { home }), callee: callee ?? text, ...seedArgument });
}

/** Says which cell's text has a call: that of the statement, or of the function that the statement calls. */
function homesOf(document: Dataflow): (statement: Statement, call: CallSite) => AnalysedCell | undefined {
  let inDefinitions: ReadonlyMap<object, number> | undefined;
  return (statement, { node }) => {
    const isOwn = statement.calls.some((call) => call.node === node);
    inDefinitions ??= isOwn ? undefined : callsInDefinitions(document);
    const cell = isOwn ? statement.cell : inDefinitions?.get(node);
    return cell === undefined ? undefined : analysedCell(document, cell);
  };
}

/** The cell of each call that stands in a function or class of the notebook. */
function callsInDefinitions({ definitions }: Dataflow): ReadonlyMap<object, number> {
  const cells = new Map<object, number>();
  for (const { node, statement } of definitions) {
    for (const { node: call } of walk(node)) if (call.type === "Call") cells.set(call, cellOf(statement));
  }
  return cells;
}

const drawing = new WeakMap<Analysis, ReadonlySet<string>>();

/** Whether each run of a statement gives other numbers. */
export function drawsUnseeded(analysis: Analysis, { id }: Statement): boolean {
  const ids = drawing.get(analysis) ?? new Set(unseededDraws(analysis).map(({ statement }) => statement.id));
  drawing.set(analysis, ids);
  return ids.has(id);
}
