import type { Statement, StatementId } from "../../dataflow/model.ts";
import { indexOf } from "../document-index.ts";
import { unseededDraws } from "../randomness/random-draws.ts";
import { codeCell } from "../record.ts";
import { rule } from "../rule.ts";

export const sessionLeakage = rule("NB507", function* (analysis) {
  const { document, notebook } = analysis;
  const count = ({ cell }: Statement) => codeCell(notebook, cell)?.executionCount ?? null;
  const index = indexOf(document);
  const at = (id: StatementId) => index.statement(id) as Statement;
  // A stream that was seeded once gives the next numbers when a cell runs again, and these are others too.
  const draws = document.randomness
    .filter(({ use, seeded }) => use === "draw" && !seeded)
    .map(({ statement }) => at(statement));
  const splits = new Set([...unseededDraws(analysis).map(({ statement }) => statement), ...draws]);
  const seeds = document.randomness.filter(({ use }) => use === "seed").map(({ statement }) => at(statement));
  for (const split of splits) {
    const splitCount = count(split);
    if (splitCount === null || !split.calls.some(({ role }) => role === "split")) continue;
    const users = index
      .edgesFrom(split.id)
      .filter(({ certainty }) => certainty === "must")
      .map(({ to }) => at(to));
    const has =
      (...wanted: readonly string[]) =>
      (statement: Statement) =>
        statement.calls.some(({ role = "" }) => wanted.includes(role));
    // What is fitted in the cell of its score was fitted on the new rows.
    const refits = new Set(
      users
        .filter(has("fit", "search"))
        .filter((user) => (count(user) ?? 0) > splitCount)
        .map(({ cell }) => cell),
    );
    const fit = users.find((user) => has("fit", "search")(user) && (count(user) ?? splitCount) < splitCount);
    const score = users.find(
      (user) =>
        has("score", "predict")(user) &&
        (count(user) ?? 0) > splitCount &&
        user.cell !== fit?.cell &&
        !refits.has(user.cell),
    );
    if (fit === undefined || score === undefined) continue;
    const isSeededAgain = seeds.some((seed) => {
      const seedCount = count(seed) ?? 0;
      return seed.cell === split.cell || (seedCount > (count(fit) ?? 0) && seedCount < splitCount);
    });
    if (isSeededAgain) continue;
    yield {
      tier: "strong",
      severity: "warning",
      cell: split.cell,
      range: split.range,
      subject: split.calls.find(({ role }) => role === "split")?.text ?? "split",
      message:
        `This split has no seed of its own, and it ran again (In [${splitCount}]) after the model was fitted (cell ${fit.cell}, In [${count(fit)}]) and before it was scored ` +
        `(cell ${score.cell}, In [${count(score)}]): the test rows of the score are other rows, and many of them the model was trained on. ` +
        "The saved score is too good. Give the split a random_state, and run the notebook from the top.",
      predicts: `a lower score in cell ${score.cell}`,
      evidence: [
        { cell: fit.cell, range: fit.range, message: `fitted as In [${count(fit)}], before the last split` },
        { cell: score.cell, range: score.range, message: `scored as In [${count(score)}], after it` },
      ],
    };
  }
});
