import { cellList } from "../../text/cell-list.ts";
import type { Analysis } from "../analysis.ts";
import { inStatements } from "../clue.ts";
import { codeCell } from "../record.ts";
import { type Facts, rule } from "../rule.ts";
import { momentary } from "./clock-or-uuid.ts";
import { type UnseededDraw, unseededDraws } from "./random-draws.ts";
import { streamSeed } from "./stream-seeds.ts";

export const unseededDraw = rule("NB201", function* (analysis) {
  const seededByName = new Set(seedings(analysis.document));
  const isSeededByName = ({ statement: { node }, stream }: UnseededDraw) =>
    stream === "own" &&
    node.type === "Assign" &&
    node.targets.some((target) => target.type === "Name" && seededByName.has(target.id));
  const byStream = Map.groupBy(
    unseededDraws(analysis).filter((draw) => isStream(draw) && draw.seededBelow === undefined && !isSeededByName(draw)),
    ({ stream }) => stream,
  );
  for (const [stream, draws] of byStream) {
    if (stream === "own") for (const draw of draws) yield factsOf(analysis, draw, []);
    else yield factsOf(analysis, draws[0] as UnseededDraw, draws.slice(1));
  }
});

/** Draws from a stream, or a generator made without a seed; a model or a split without one is NB204's. */
export function isStream({ callee, stream, seedArgument }: UnseededDraw): boolean {
  // What has no seed to be given is NB206's.
  if (momentary.has(callee)) return false;
  // A network draws in every layer and batch: it is the stream that is seeded, once, not each of them.
  if (stream === "torch" || stream === "tensorflow") return true;
  return (
    !["random_state", "seed", "random_seed"].includes(seedArgument ?? "") || /^(?:numpy\.random|random)\./.test(callee)
  );
}

/** Names of generators that are given a seed after they were made: `rng = random.Random(); rng.seed(5)`. */
const seedings = inStatements(({ calls }) =>
  calls.flatMap(({ receiver, text, node: { args, keywords } }) =>
    receiver !== undefined && text === `${receiver}.seed` && args.length + keywords.length > 0 ? [receiver] : [],
  ),
);

/** The names that statements bind for sure. */
const namesBound = inStatements(({ accesses }) =>
  accesses.flatMap(({ kind, place, why }) =>
    kind === "bind" && place.path.length === 0 && why === undefined ? [place.name] : [],
  ),
);

/** What makes a generator of its own; anything else that draws from one is best given NumPy's. */
function generatorOf(callee: string): string {
  return /\b(?:RandomState|Random)$/.exec(callee)?.[0] ?? "default_rng";
}

function factsOf(
  analysis: Analysis,
  { stream: name, statement, place, callee }: UnseededDraw,
  more: readonly UnseededDraw[],
): Facts {
  const { notebook, document } = analysis;
  const stream = name === "own" ? undefined : streamSeed(analysis, callee.startsWith("keras.") ? "keras" : name);
  const seed = stream && `${stream.module}.${stream.call}`;
  const importsIt = stream !== undefined && !namesBound(document).includes(stream.module);
  return {
    tier: codeCell(notebook, statement.cell)?.executionCount == null ? "hint" : "strong",
    severity: "warning",
    ...place,
    subject: callee,
    message:
      `\`${callee}\` draws from ${stream?.title ?? "a generator of its own that starts from the operating system's entropy"}, which nothing seeds: every run gives other numbers, ` +
      "and all that is made of them differs too. " +
      (stream === undefined
        ? `Give it a seed: ${generatorOf(callee)}(0).`
        : `Seed it once, above the first draw: ${seed}`),
    predicts: "other numbers in every run",
    evidence:
      more.length === 0
        ? []
        : [
            {
              cell: more[0]?.statement.cell as number,
              message: `draws from the same stream, in ${cellList(more.map((draw) => draw.statement.cell))}`,
            },
          ],
    fixes:
      stream === undefined || name === "jax" || !importsIt
        ? []
        : [
            {
              id: "seed-stream",
              title: `Seed ${stream.title} in this cell`,
              edits: [
                {
                  cell: statement.cell,
                  range: {
                    start: { ...statement.range.start, column: 1 },
                    end: { ...statement.range.start, column: 1 },
                  },
                  text: `import ${stream.module}\n${seed}\n`,
                },
              ],
            },
          ],
  };
}
