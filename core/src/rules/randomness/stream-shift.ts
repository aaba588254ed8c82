import { cellOf } from "../../dataflow/statement-id.ts";
import type { RandomStream } from "../../effects/effect.ts";
import type { CodeCell } from "../../notebook/model.ts";
import { cellList } from "../../text/cell-list.ts";
import { codeCell } from "../record.ts";
import { rule } from "../rule.ts";

export const streamShift = rule("NB203", function* ({ notebook, document, recorded }) {
  if (recorded === undefined) return;
  const byStream = Map.groupBy(
    document.randomness.filter(
      ({ stream, use, seeded, byTheWay }) => stream !== "own" && !byTheWay && (use === "seed" || !seeded),
    ),
    ({ stream }) => stream,
  );
  for (const [stream, uses] of byStream) {
    if (!uses.some(({ use }) => use === "seed")) continue;
    // A cell that seeds the stream itself starts anew.
    const seeding = new Set(uses.filter(({ use }) => use === "seed").map(({ statement }) => cellOf(statement)));
    if (seeding.size !== 1) continue;
    const drawing = [
      ...new Set(uses.filter(({ use }) => use === "draw").map(({ statement }) => cellOf(statement))),
    ].filter((cell) => !seeding.has(cell));
    const cells = drawing.map((index) => codeCell(notebook, index)).filter((cell) => cell !== undefined);
    const shifted = firstShift(cells);
    if (shifted === undefined) continue;
    const { cell, other } = shifted;
    // Where the seed ran again since, what the counts tell are two sequences.
    const seedCount = codeCell(notebook, [...seeding][0] as number)?.executionCount ?? null;
    if (seedCount === null || seedCount > (cell.executionCount as number)) continue;
    const statement = document.statements.find(({ id }) =>
      uses.some((use) => use.statement === id && cellOf(use.statement) === cell.index),
    );
    if (statement === undefined) continue;
    yield {
      tier: "strong",
      severity: "warning",
      cell: cell.index,
      range: statement.range,
      subject: titles[stream as Exclude<RandomStream, "own">],
      message:
        `This cell drew from ${titles[stream as Exclude<RandomStream, "own">]} ` +
        (other.executionCount === null
          ? `in the recorded run without the numbers that cell ${other.index} above it takes first: that cell never ran. `
          : `before cell ${other.index} above it did (In [${cell.executionCount}] and In [${other.executionCount}]). `) +
        "The stream is seeded once, so that from top to bottom each of them gets other numbers than it had. " +
        "Give each cell a generator with a seed of its own (numpy.random.default_rng(0)), or run all cells from the top and save.",
      predicts: `other numbers in ${cellList(drawing)} than were saved`,
      evidence: [{ cell: other.index, message: "draws from the same stream" }],
    };
  }
});

const titles: Readonly<Record<Exclude<RandomStream, "own">, string>> = {
  random: "Python's random module",
  numpy: "NumPy's global stream",
  torch: "PyTorch's global stream",
  tensorflow: "TensorFlow's global stream",
  jax: "JAX",
};

/** The first cell that drew before one that stands above it, or where that one never ran. */
function firstShift(cells: readonly CodeCell[]): { cell: CodeCell; other: CodeCell } | undefined {
  let latest: CodeCell | undefined;
  for (const cell of cells) {
    if (cell.executionCount !== null && latest !== undefined) {
      if (latest.executionCount === null || latest.executionCount > cell.executionCount) return { cell, other: latest };
    }
    if (cell.executionCount === null ? cell.outputs.length === 0 : true) latest = cell;
  }
  return undefined;
}
