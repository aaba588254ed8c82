import type { CallSite, Dataflow, Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { inStatements } from "../clue.ts";
import { analysedCell, codeCell } from "../record.ts";
import { rule, sourceRange } from "../rule.ts";
import { rootName } from "../state/repeatable.ts";
import { earlyIn, fitOf, fits, splitEvidence } from "./fit-before-split.ts";

/** What makes new rows out of others, or repeats them, by `fit_resample`. */
const resamplers: ReadonlyMap<string, RegExp> = new Map([
  ["imblearn.over_sampling", /./],
  ["imblearn.combine", /./],
]);

/** Calls that draw with replacement unless they are told not to. */
const drawsAgain = /^sklearn\.utils\.resample$|^numpy\.random\.(?:Generator\.)?(?:choice|integers|randint)$/;

/** Calls that draw with replacement only where they are told to. */
const drawsOnce = /^pandas\.(?:DataFrame|Series)\.sample$/;

const joins = /^(?:pandas\.concat|numpy\.(?:concatenate|vstack|append|r_))$/;

interface Repetition {
  /** As it is told: `SMOTE.fit_resample`. */
  readonly name: string;
  readonly call: CallSite;
}

export const overlap = rule("NB502", function* ({ notebook, document }) {
  const early = earlyIn(document, repetitions(document), (statement) => repetitionIn(document, statement));
  for (const { statement, found, split } of early) {
    const cell = analysedCell(document, statement.cell);
    yield {
      tier: codeCell(notebook, statement.cell)?.executionCount == null ? "hint" : "strong",
      severity: "warning",
      cell: statement.cell,
      range: cell === undefined ? statement.range : sourceRange(cell, found.call.node),
      subject: found.name,
      message:
        `\`${found.name}\` repeats rows, or makes new ones between them, and cell ${split.cell} splits the result: ` +
        "copies of one row come to both sides, the model is tested on rows that it has seen, and its score is far too good. " +
        "Split first and resample the training rows alone, or put it into imblearn's Pipeline.",
      predicts: "a lower score once the split comes first",
      evidence: [splitEvidence(split)],
    };
  }
});

function repetitionIn(document: Dataflow, statement: Statement): Repetition | undefined {
  const fit = fitOf(document, statement, resamplers);
  if (fit?.method === "fit_resample") return { name: `${fit.name}.${fit.method}`, call: fit.call };
  const call = statement.calls.find(repeatsRows);
  return call && { name: call.text, call };
}

/** Statements that repeat rows, or fit what may make new ones. */
const repetitions = inStatements((statement) =>
  statement.calls.some((call) => fits.test(call.callee ?? "") || repeatsRows(call)) ? [statement] : [],
);

function repeatsRows(call: CallSite): boolean {
  return call.callee !== undefined && (drawsRows(call) || joinsTwice(call));
}

/** Rows, or their numbers, drawn with replacement. */
function drawsRows({ callee = "", node }: CallSite): boolean {
  const replace = node.keywords.find(({ arg }) => arg?.name === "replace")?.value;
  const isOff = replace?.type === "Constant" && replace.value === false;
  if (drawsOnce.test(callee)) return replace?.type === "Constant" && replace.value === true;
  if (!drawsAgain.test(callee) || isOff) return false;
  return callee.startsWith("sklearn.") || node.args.some(countsRows);
}

/** `len(X)`, `X.shape[0]`, `X.index`. */
function countsRows(argument: ast.Expr): boolean {
  return [...walk(argument)].some(
    ({ node }) =>
      (node.type === "Call" && node.func.type === "Name" && node.func.id === "len") ||
      (node.type === "Attribute" && (node.attr.name === "shape" || node.attr.name === "index")),
  );
}

/** `pd.concat([df, df[df.rare]])`: a whole table, and rows of it once more. */
function joinsTwice({ callee = "", node }: CallSite): boolean {
  const [parts] = node.args;
  const axis = node.keywords.find(({ arg }) => arg?.name === "axis")?.value ?? node.args[1];
  const isAcross = axis !== undefined && !(axis.type === "Constant" && ["0", "index"].includes(String(axis.value)));
  if (!joins.test(callee) || isAcross || (parts?.type !== "List" && parts?.type !== "Tuple")) return false;
  return parts.elts.some(
    (whole, at) =>
      whole.type === "Name" &&
      parts.elts.some((other, place) => place !== at && rootName(other) === whole.id && !isColumn(other)),
  );
}

/** `df["a"]` is a column, and no more rows. */
function isColumn(node: ast.Expr): boolean {
  return node.type === "Subscript" && node.slice.type === "Constant" && node.slice.kind === "str";
}
