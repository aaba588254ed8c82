import type { CallSite, Dataflow, Statement, StatementId } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { inStatements } from "../clue.ts";
import { indexOf } from "../document-index.ts";
import { firstSources, firstTargets } from "../flow.ts";
import { analysedCell, codeCell } from "../record.ts";
import { rule, sourceRange } from "../rule.ts";
import { handScaled } from "./hand-scaled.ts";

/**
 * What learns from all rows that it is fitted on, so that test rows among them leak, by module. Row-wise transforms
 * (Normalizer, PolynomialFeatures, hashing) and encoders of labels learn nothing of that kind.
 */
const learners: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    "sklearn.preprocessing":
      /^(?:StandardScaler|MinMaxScaler|MaxAbsScaler|RobustScaler|QuantileTransformer|PowerTransformer|KBinsDiscretizer|SplineTransformer|TargetEncoder)$/,
    "sklearn.impute": /Imputer$/,
    "sklearn.decomposition": /./,
    "sklearn.feature_selection": /./,
    "sklearn.feature_extraction.text": /^(?:CountVectorizer|TfidfVectorizer|TfidfTransformer)$/,
    "imblearn.under_sampling": /./,
  }),
);

export const fits = /\.(fit|fit_transform|fit_resample)$/;

/** Something that is done to all rows before they are split. */
export interface Early<T> {
  readonly statement: Statement;
  readonly found: T;
  readonly split: Statement;
  /** It is the folds of a cross-validation that split them, not a call that gives test rows. */
  readonly isFolded: boolean;
}

/** What splits the rows that it is given into folds itself. */
const folding =
  /^sklearn\.model_selection\.(?:cross_val_score|cross_val_predict|cross_validate|permutation_test_score|learning_curve|validation_curve)$/;

/** A call that fits something. */
export interface Fit {
  readonly call: CallSite;
  /** Of what is fitted: `StandardScaler`. */
  readonly name: string;
  readonly method: string;
}

export const fitBeforeSplit = rule("NB501", function* ({ notebook, document }) {
  const mend =
    "Split first and fit on the training rows alone, or put it into a Pipeline, which does so in every fold.";
  const early = earlyIn(document, fittings(document), (statement) => fitOf(document, statement, learners));
  for (const {
    statement,
    found: { call, name, method },
    split,
    isFolded,
  } of early) {
    const cell = analysedCell(document, statement.cell);
    yield {
      tier: isFolded || codeCell(notebook, statement.cell)?.executionCount == null ? "hint" : "strong",
      severity: "warning",
      cell: statement.cell,
      range: cell === undefined ? statement.range : sourceRange(cell, call.node),
      subject: call.receiver ?? name,
      message:
        `\`${name}.${method}\` learns from all rows here, and cell ${split.cell} splits its result into training and test rows: ` +
        `the model is trained with knowledge of the rows that it is tested on, and its score is too good. ${mend}`,
      predicts: "a lower score once the split comes first",
      evidence: [splitEvidence(split)],
    };
  }
  for (const { statement, found: name, split } of earlyIn(document, scalings(document), handScaled)) {
    yield {
      tier: "hint",
      severity: "warning",
      cell: statement.cell,
      range: statement.range,
      subject: name,
      message:
        `\`${name}\` is scaled by numbers of all rows here, and cell ${split.cell} splits it into training and test rows: ` +
        "the numbers of the test rows are in what the model is trained on. Split first, and scale both parts by the numbers of the training rows (StandardScaler in a Pipeline).",
      predicts: "other training rows once the split comes first",
      evidence: [splitEvidence(split)],
    };
  }
});

/** Statements that call what fits something. */
const fittings = inStatements((statement) =>
  statement.calls.some(({ callee = "" }) => fits.test(callee)) ? [statement] : [],
);

/** Statements that scale something by hand. */
const scalings = inStatements((statement) => (handScaled(statement) === undefined ? [] : [statement]));

/** Those of the statements in which `find` finds something, with no split before them and one after: each with the first. */
export function* earlyIn<T>(
  document: Dataflow,
  statements: readonly Statement[],
  find: (statement: Statement) => T | undefined,
): Generator<Early<T>> {
  if (statements.length === 0 || splits(document).length === 0) return;
  const index = indexOf(document);
  const { behind, ahead } = splitsAround(document);
  for (const statement of statements) {
    const first = ahead.get(statement.id);
    if (first === undefined || behind.has(statement.id)) continue;
    const found = find(statement);
    const split = found === undefined ? undefined : index.statement(first);
    if (found === undefined || split === undefined) continue;
    yield { statement, split, found, isFolded: split.calls.every(({ role }) => role !== "split") };
  }
}

const splits = inStatements((statement) => (statement.calls.some(splitsRows) ? [statement] : []));

/** For the statements behind and ahead of splits, the first of these. */
interface SplitsAround {
  readonly behind: ReadonlyMap<StatementId, StatementId>;
  readonly ahead: ReadonlyMap<StatementId, StatementId>;
}

const known = new WeakMap<Dataflow, SplitsAround>();

function splitsAround(document: Dataflow): SplitsAround {
  let around = known.get(document);
  if (around === undefined) {
    const { edges } = document;
    const ids = splits(document).map(({ id }) => id);
    around = { behind: firstSources(edges, ids), ahead: firstTargets(edges, ids) };
    known.set(document, around);
  }
  return around;
}

function splitsRows({ role, callee }: CallSite): boolean {
  return role === "split" || (callee !== undefined && folding.test(callee));
}

/** The first call of a statement that fits a learner. */
export function fitOf(document: Dataflow, statement: Statement, table: ReadonlyMap<string, RegExp>): Fit | undefined {
  for (const call of statement.calls) {
    const method = fits.exec(call.callee ?? "")?.[1];
    const { func } = call.node;
    if (method === undefined || func.type !== "Attribute") continue;
    const name = learnerIn(statement, func.value, table) ?? learnerNamed(document, statement, func.value, table);
    if (name !== undefined) return { call, name, method };
  }
  return undefined;
}

/** `StandardScaler` where a name was bound to what `StandardScaler(...)` made. */
function learnerNamed(
  document: Dataflow,
  { id }: Statement,
  value: ast.Expr,
  table: ReadonlyMap<string, RegExp>,
): string | undefined {
  if (value.type !== "Name") return undefined;
  for (const definer of document.valueAfter(id, value.id)?.definedBy ?? []) {
    const statement = indexOf(document).statement(definer);
    const name = statement?.node.type === "Assign" ? learnerIn(statement, statement.node.value, table) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

/** `StandardScaler` in `StandardScaler(...)` and `StandardScaler(...).set_output(...)`. */
function learnerIn(statement: Statement, value: ast.Expr, table: ReadonlyMap<string, RegExp>): string | undefined {
  let made = value;
  while (made.type === "Call" && made.func.type === "Attribute" && made.func.value.type === "Call")
    made = made.func.value;
  const callee = statement.calls.find(({ node }) => node === made)?.callee;
  const [, module = "", name = ""] = /^(.*)\.(\w+)$/.exec(callee ?? "") ?? [];
  return table.get(module)?.test(name) ? name : undefined;
}

/** Where the rows are split. */
export function splitEvidence(split: Statement) {
  const call = split.calls.find(splitsRows);
  return { cell: split.cell, range: split.range, message: `the split (${call?.text ?? "split"})` };
}
