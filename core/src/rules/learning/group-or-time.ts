import type { Dataflow, Statement, StatementId } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { inStatements } from "../clue.ts";
import { firstTargets } from "../flow.ts";
import { analysedCell } from "../record.ts";
import { rule, sourceRange } from "../rule.ts";
import { type RowSplit, rowSplits } from "./held-out.ts";

/** What makes a row of its neighbours in time. */
const lags = /\.(?:shift|rolling|expanding|ewm|pct_change|diff)$/;

/** A column that names whom or what several rows are of. */
const identity =
  /^(?:\w+_?id|(?:patient|subject|user|customer|client|speaker|household|person|participant|player|driver|session|device|machine|engine)(?:_?(?:id|no|number|name))?)$/i;

/** What one does with a group only where it has several rows. */
const perGroup = /\.(?:transform|cumcount|cumsum|shift|rolling|rank|nth|diff|expanding)$/;

interface Dependence {
  readonly statement: Statement;
  readonly what: string;
  readonly mend: string;
}

export const groupOrTime = rule("NB505", function* ({ document }) {
  for (const split of rowSplits(document)) {
    if (!shuffles(split)) continue;
    const dependence = dependenceOf(document, split.statement.id);
    if (dependence === undefined) continue;
    const { statement, what, mend } = dependence;
    const analysed = analysedCell(document, split.statement.cell);
    yield {
      tier: "hint",
      severity: "warning",
      cell: split.statement.cell,
      range: analysed === undefined ? split.call.range : sourceRange(analysed, split.call.node),
      subject: split.call.text,
      message: `The rows are split at random, and ${what}: rows that belong together come to both sides, and the score is too good. ${mend}`,
      predicts: "a lower score once rows that belong together stay on one side",
      evidence: [{ cell: statement.cell, range: statement.range, message: "where the rows are tied together" }],
    };
  }
});

function shuffles({ call: { node } }: RowSplit): boolean {
  const shuffle = node.keywords.find(({ arg }) => arg?.name === "shuffle")?.value;
  return shuffle === undefined || (shuffle.type === "Constant" && shuffle.value === true);
}

/** The first statement above, among those that the rows come from, that ties rows together. */
function dependenceOf(document: Dataflow, split: StatementId): Dependence | undefined {
  const all = dependences(document);
  const above = all.length === 0 ? undefined : firstTargets(document.edges, [split]);
  return all.find(({ statement }) => above?.has(statement.id));
}

const dependences = inStatements((statement): readonly Dependence[] => {
  const group = groupIn(statement);
  if (group !== undefined) {
    return [
      {
        statement,
        what: `cell ${statement.cell} computes features within each \`${group}\`, of which there are several rows`,
        mend: `Split by group: GroupShuffleSplit or GroupKFold with groups=...["${group}"].`,
      },
    ];
  }
  const lag =
    statement.node.type === "Expr" ? undefined : statement.calls.find((call) => isLag(call.text, call.callee));
  if (lag === undefined) return [];
  return [
    {
      statement,
      what: `cell ${statement.cell} makes features of neighbouring rows in time (\`${lag.text}\`)`,
      mend: "Test on what comes later: train_test_split(..., shuffle=False), or TimeSeriesSplit.",
    },
  ];
});

function isLag(text: string, callee: string | undefined): boolean {
  return lags.test(text) && (callee === undefined || callee.startsWith("pandas."));
}

/** `patient_id` in `visits.groupby("patient_id")["dose"].transform("mean")`. */
function groupIn({ node, calls }: Statement): string | undefined {
  if (node.type === "Expr" || !calls.some(({ text }) => perGroup.test(text))) return undefined;
  for (const { node: one } of walk(node)) {
    if (one.type !== "Call" || one.func.type !== "Attribute" || one.func.attr.name !== "groupby") continue;
    const by = one.args[0] ?? one.keywords.find(({ arg }) => arg?.name === "by")?.value;
    const column = by && textsIn(by).find((text) => identity.test(text));
    if (column !== undefined) return column;
  }
  return undefined;
}

function textsIn(node: ast.Expr): string[] {
  const texts = node.type === "List" || node.type === "Tuple" ? node.elts : [node];
  return texts.flatMap((one) => (one.type === "Constant" && one.kind === "str" ? [String(one.value)] : []));
}
