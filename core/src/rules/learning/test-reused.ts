import type { CallSite, Dataflow, Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { inStatements } from "../clue.ts";
import { indexOf } from "../document-index.ts";
import { analysedCell } from "../record.ts";
import { type Facts, rule, sourceRange } from "../rule.ts";
import { namesIn, soleTestNames } from "./held-out.ts";

/** What picks one out of several by how good it is. */
const choosers = /(?:^|\.)(?:max|min|idxmax|idxmin|argmax|argmin|nlargest|nsmallest|argsort|sorted|sort_values|sort)$/;

/** Arguments that let a fit look at rows while it decides when to stop. */
const watched = ["eval_set", "validation_data", "evals"];

export const testReused = rule("NB503", function* ({ document }) {
  const test = soleTestNames(document);
  if (test.size === 0) return;
  for (const statement of possibleChoices(document)) {
    const facts = tunedInLoop(document, statement, test) ?? stoppedEarly(document, statement, test);
    if (facts !== undefined) yield { ...facts, predicts: "a lower score on rows that nothing was chosen by" };
  }
});

const mend =
  "Choose on rows of the training part (cross_val_score, GridSearchCV, or a validation part that is split off first), and look at the test rows once, at the end.";

/** Statements that may choose something by some rows, whichever these are. */
const possibleChoices = inStatements((statement) =>
  fitsInLoop(statement) || statement.calls.some(isWatching) ? [statement] : [],
);

function fitsInLoop({ node, calls }: Statement): boolean {
  if (node.type !== "For" && node.type !== "While" && !hasComprehension(node)) return false;
  return calls.some(({ role, text }) => role === "fit" || role === "fit-transform" || /\.fit$/.test(text));
}

function isWatching({ text, argumentNames }: CallSite): boolean {
  return /(?:^|\.)(?:fit|train)$/.test(text) && watched.some((keyword) => argumentNames.has(keyword));
}

/** A loop that fits, scores on the test rows, and keeps what scores best. */
function tunedInLoop(document: Dataflow, statement: Statement, test: ReadonlySet<string>): Facts | undefined {
  const { node, calls, cell } = statement;
  if (!fitsInLoop(statement)) return undefined;
  const seen = calls.find((call) => isEvaluation(call) && [...namesIn(call.node)].some((name) => test.has(name)));
  if (seen === undefined || !(comparesInside(node) || isChosenFrom(document, statement))) return undefined;
  const name = [...namesIn(seen.node)].find((one) => test.has(one)) as string;
  const analysed = analysedCell(document, cell);
  return {
    tier: "hint",
    severity: "warning",
    cell,
    range: analysed === undefined ? seen.range : sourceRange(analysed, seen.node),
    subject: name,
    message:
      `Several models are fitted here and the best of them is chosen by \`${name}\`, the rows that are held out for the test: ` +
      `they have become part of the training, and the score on them is too good. ${mend}`,
  };
}

function isEvaluation({ text, role, callee }: CallSite): boolean {
  return (
    role === "score" ||
    role === "predict" ||
    /\.(?:score|predict|evaluate)$/.test(text) ||
    callee?.startsWith("sklearn.metrics.") === true
  );
}

function hasComprehension(node: ast.Stmt): boolean {
  if (node.type !== "Assign" && node.type !== "Expr") return false;
  return [...walk(node.value)].some(
    ({ node: one }) => one.type === "ListComp" || one.type === "DictComp" || one.type === "GeneratorExp",
  );
}

/** `if score > best:` */
function comparesInside(node: ast.Stmt): boolean {
  return [...walk(node)].some(
    ({ node: one }) =>
      one.type === "If" &&
      [...walk(one.test)].some(({ node: test }) => test.type === "Compare") &&
      one.body.some(({ type }) => type === "Assign" || type === "AugAssign"),
  );
}

/** Whether the best of what a loop collects is looked up, in the statement itself or below it. */
function isChosenFrom(document: Dataflow, { id, calls }: Statement): boolean {
  if (calls.some(({ text }) => choosers.test(text))) return true;
  const index = indexOf(document);
  return index
    .edgesFrom(id)
    .some(
      ({ to, kind }) =>
        kind !== "random" && index.statement(to)?.calls.some(({ text }) => choosers.test(text)) === true,
    );
}

/** `model.fit(X_train, y_train, eval_set=[(X_test, y_test)], early_stopping_rounds=10)`. */
function stoppedEarly(document: Dataflow, { calls, cell }: Statement, test: ReadonlySet<string>): Facts | undefined {
  for (const call of calls) {
    if (!isWatching(call)) continue;
    const name = watched.flatMap((keyword) => call.argumentNames.get(keyword) ?? []).find((one) => test.has(one));
    const stops = document.cells.some(({ translation }) => /early_?stopping/i.test(translation.python));
    if (name === undefined || !stops) continue;
    const analysed = analysedCell(document, cell);
    return {
      tier: "hint",
      severity: "warning",
      cell,
      range: analysed === undefined ? call.range : sourceRange(analysed, call.node),
      subject: name,
      message:
        `\`${call.text}\` stops when the score on \`${name}\` is best, and these are the rows that are held out for the test: ` +
        `the number of rounds is chosen by them, and the score on them is too good. ${mend}`,
    };
  }
  return undefined;
}
