import type { CallSite, Dataflow, Statement } from "../../dataflow/model.ts";
import { inStatements } from "../clue.ts";
import { indexOf } from "../document-index.ts";
import { analysedCell } from "../record.ts";
import { rule, sourceRange } from "../rule.ts";

/** Calls that hold rows out by themselves. */
const holdsOut =
  /cross_val|validation_curve|learning_curve|permutation_test|SearchCV|oob_score|KFold|ShuffleSplit|LeaveOne|TimeSeriesSplit|bootstrap/;

/** A look at what a model makes of some rows. */
interface Look {
  readonly statement: Statement;
  readonly call: CallSite;
  readonly isScore: boolean;
}

export const noHeldOut = rule("NB504", function* ({ document }) {
  if (holdings(document).length > 0) return;
  const fits = new Map<string, { readonly call: CallSite; readonly statement: Statement }>();
  const seen: (Look & { fit: Statement })[] = [];
  for (const { statement, call, isLook } of fitsAndLooks(document)) {
    const { text } = call;
    const receiver = (isLook ? undefined : boundTo(statement, call)) ?? call.receiver;
    if (receiver === undefined) continue;
    if (!isLook) {
      fits.set(receiver, { call, statement });
      continue;
    }
    const fit = fits.get(receiver);
    // Rows that it was not fitted on: the notebook holds some out.
    if (fit === undefined || !hasSameRows(document, fit, { call, statement })) return;
    seen.push({ statement, call, isScore: /\.score$/.test(text), fit: fit.statement });
  }
  const first = seen.find(({ isScore, statement }) => isScore || isMeasured(document, statement));
  if (first === undefined) return;
  const { statement, call, fit } = first;
  const analysed = analysedCell(document, statement.cell);
  yield {
    tier: "hint",
    severity: "info",
    cell: statement.cell,
    range: analysed === undefined ? call.range : sourceRange(analysed, call.node),
    subject: call.text,
    message:
      `\`${call.text}\` looks at the rows that the model was fitted on, and no model is scored on others anywhere in the notebook: ` +
      "the score says how well the model remembers, not how well it predicts. Split the rows first and score on the test part, or use cross_val_score.",
    predicts: "a lower score on rows that the model has not seen",
    evidence: [{ cell: fit.cell, range: fit.range, message: "fitted on the same rows" }],
  };
});

/** Calls that hold rows out. */
const holdings = inStatements(({ calls }) => calls.filter((call) => holdsOut.test(call.text) || holdsItselfOut(call)));

/** Calls that fit a model, and those that look at what it makes of some rows. */
const fitsAndLooks = inStatements((statement) =>
  statement.calls.flatMap((call) => {
    const isFit = /\.fit$/.test(call.text) && call.role === "fit" && call.node.args.length >= 2;
    const isLook = /\.(?:score|predict|predict_proba|decision_function|evaluate)$/.test(call.text);
    return isFit || isLook ? [{ statement, call, isLook }] : [];
  }),
);

/** `model` in `model = LogisticRegression().fit(X, y)`. */
function boundTo({ node }: Statement, call: CallSite): string | undefined {
  if (node.type !== "Assign" || node.value !== call.node) return undefined;
  const [target] = node.targets;
  return target?.type === "Name" ? target.id : undefined;
}

/** `validation_split=0.2`, `oob_score=True`, `cv=5`. */
function holdsItselfOut({ node }: CallSite): boolean {
  return node.keywords.some(({ arg }) =>
    ["validation_split", "validation_data", "eval_set", "oob_score", "cv", "early_stopping"].includes(arg?.name ?? ""),
  );
}

/** The same name for the rows, bound by the same statement. */
function hasSameRows(
  document: Dataflow,
  one: { readonly call: CallSite; readonly statement: Statement },
  other: { readonly call: CallSite; readonly statement: Statement },
): boolean {
  const [row, otherRow] = [one, other].map(({ call }) => {
    const [argument] = call.node.args;
    return argument?.type === "Name" ? argument.id : undefined;
  });
  if (row === undefined || row !== otherRow) return false;
  const [binders, otherBinders] = [one, other].map(
    ({ statement }) => document.valueAfter(statement.id, row)?.definedBy ?? [],
  );
  return binders?.join() === otherBinders?.join();
}

/** Whether what it predicts is measured, in the statement or below. */
function isMeasured(document: Dataflow, { id, calls }: Statement): boolean {
  const index = indexOf(document);
  const measures = (all: readonly CallSite[]) => all.some(({ callee }) => callee?.startsWith("sklearn.metrics."));
  const users = index.edgesFrom(id).filter(({ kind }) => kind === "value");
  return measures(calls) || users.some(({ to }) => measures(index.statement(to)?.calls ?? []));
}
