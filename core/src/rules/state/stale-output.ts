import type { Dataflow, Statement, StatementId } from "../../dataflow/model.ts";
import type { Notebook } from "../../notebook/model.ts";
import { stoppedAt } from "../../orders/stopped-at.ts";
import type { Analysis } from "../analysis.ts";
import { drawsUnseeded } from "../randomness/random-draws.ts";
import { analysedCell, codeCell, errorOf, hasLostRun, isMeantToFail } from "../record.ts";
import { rule } from "../rule.ts";
import { updatedNames } from "./not-idempotent.ts";
import { divergences } from "./order-divergence.ts";
import { countsAreOfOneSession } from "./session-contradiction.ts";
import { isSettled } from "./settled.ts";
import { shownAgain } from "./shown-again.ts";

/** What a cell uses, through others that show nothing perhaps, of a cell that ran once more after it. */
interface Later {
  /** The name that carries it into the cell. */
  readonly name: string;
  readonly use: Statement;
  /** What ran again. */
  readonly statement: Statement;
}

export const staleOutput = rule("NB106", function* (analysis) {
  const { notebook, recorded } = analysis;
  if (recorded === undefined || !countsAreOfOneSession(notebook)) return;
  for (const [cell, { name, statement, use }] of staleCells(analysis)) {
    const access = use.accesses.find(({ place, kind }) => place.name === name && kind !== "bind");
    const [count, saved] = [countOf(notebook, statement.cell), countOf(notebook, cell)];
    const isDirect = statement.accesses.some(({ kind, place }) => kind !== "read" && place.name === name);
    const isOther = drawsUnseeded(analysis, statement);
    if (divergences(analysis).some((other) => other.cell === cell && other.subject === name)) continue;
    // Where no run was lost before this cell's, the other ran for the first time: the order differs, of which NB104 tells.
    const shown = codeCell(notebook, cell);
    if (!isOther && (shown === undefined || !hasLostRun(notebook, shown))) continue;
    const again = count === null ? undefined : shownAgain(analysis, cell, count);
    if (again?.isSame) continue;
    yield {
      tier: isOther || again !== undefined ? "strong" : "hint",
      severity: "warning",
      cell,
      range: access?.range ?? use.range,
      subject: name,
      message:
        `The saved output is older than what it was made of: cell ${statement.cell}, ${isDirect ? "which makes" : "from which comes"} \`${name}\`, ran ` +
        `(In [${count}]) after this cell (In [${saved}]). ` +
        (again !== undefined
          ? `Cell ${again.cell}, which ran after that, shows another value of the same expression. `
          : isOther
            ? `It draws other random numbers each time, so that this is not today's \`${name}\`. `
            : `If it was edited in between, this is not what today's \`${name}\` gives; if it only ran once more, it is: ` +
              "the file does not tell which. ") +
        "Run this cell again, or all cells from the top, and save.",
      predicts: `the output of cell ${cell} changes: \`${name}\` was made again after it`,
      evidence: [
        {
          cell: statement.cell,
          range: statement.range,
          message: `${isDirect ? `makes \`${name}\`` : "is where it comes from"}, ran as In [${count}]`,
        },
        { cell, message: `ran before that, as In [${saved}]` },
        ...(again === undefined
          ? []
          : [{ cell: again.cell, message: "shows the same expression, with another value" }]),
      ],
    };
  }
});

function countOf(notebook: Notebook, cell: number): number | null {
  return codeCell(notebook, cell)?.executionCount ?? null;
}

/**
 * The cells with outputs that ran before the last run of a cell above from which they surely have something, each with
 * the first such need; through other cells only where these show nothing themselves.
 */
function staleCells(analysis: Analysis): ReadonlyMap<number, Later> {
  const { notebook, document } = analysis;
  const statements = new Map(document.statements.map((statement) => [statement.id, statement]));
  const needs = Map.groupBy(
    document.edges.filter(({ certainty, kind }) => certainty === "must" && kind !== "random" && kind !== "file"),
    ({ to }) => to,
  );
  /** What ran last of all that a statement is made of, itself included. */
  const latest = new Map<StatementId, Statement>();
  const stale = new Map<number, Later>();
  for (const use of document.statements) {
    const count = countOf(notebook, use.cell);
    const saved = codeCell(notebook, use.cell);
    const isShown = saved !== undefined && saved.outputs.length > 0;
    // A run that failed made what nobody can say (NB105 and NB110 speak of it), but for the statement that fails: what is
    // shown of it was made by another.
    const failed = saved !== undefined && errorOf(saved) !== undefined;
    const isChanged = failed ? isStoppedAt(document, use) : isRedone(document, use);
    let newest = isChanged ? use : undefined;
    for (const { from, name } of needs.get(use.id) ?? []) {
      const source = latest.get(from);
      if (source === undefined || source.cell > use.cell) continue;
      const sourceCount = countOf(notebook, source.cell) ?? 0;
      if (isShown && count !== null && source.cell < use.cell && sourceCount > count) {
        const isNew = !stale.has(use.cell) && !isMeantToFail(saved);
        if (isNew) stale.set(use.cell, { name, use, statement: source });
        // It is told here; what is made of this need not say it again.
        continue;
      }
      if (newest === undefined || sourceCount > (countOf(notebook, newest.cell) ?? 0))
        newest = statements.get(source.id);
    }
    if (newest !== undefined) latest.set(use.id, newest);
  }
  return stale;
}

/** Whether its cell's saved error was raised at a statement. */
function isStoppedAt(document: Dataflow, statement: Statement): boolean {
  const cell = analysedCell(document, statement.cell);
  return cell !== undefined && stoppedAt(cell.cell, cell.statements) === statement.ordinal;
}

/** Whether running a statement again can have made another value that a fresh run makes too. */
function isRedone(document: Dataflow, statement: Statement): boolean {
  if (isSettled(document, statement)) return false;
  // A second run of `x = x + 1` is not had again from the top: NB109 speaks of it.
  const updated = updatedNames(document, statement.cell);
  return !statement.accesses.some(({ kind, place }) => kind !== "read" && updated.has(place.name));
}
