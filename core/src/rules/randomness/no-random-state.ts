import type { AnalysedCell } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import type { Fix } from "../finding.ts";
import { codeCell } from "../record.ts";
import { rule, sourceRange } from "../rule.ts";
import { type UnseededDraw, unseededDraws } from "./random-draws.ts";
import { isStream } from "./unseeded-draw.ts";

export const noRandomState = rule("NB204", function* (analysis) {
  for (const draw of unseededDraws(analysis)) {
    const { node, home, place, callee, seedArgument } = draw;
    if (isStream(draw) || seedArgument === undefined || isOnlyShown(draw)) continue;
    const name = callee.slice(callee.lastIndexOf(".") + 1);
    const onlyTies = breaksTies(name, node);
    yield {
      tier: onlyTies || codeCell(analysis.notebook, place.cell)?.executionCount == null ? "hint" : "strong",
      severity: onlyTies ? "info" : "warning",
      ...place,
      subject: name,
      message: onlyTies
        ? `\`${name}\` chooses at random between splits that are equally good: where there are such, it is another model in every run. Give it a \`${seedArgument}\`: ${seedArgument}=0.`
        : `\`${name}\` chooses at random, and without \`${seedArgument}\` it chooses otherwise in every run: the numbers below change with it, ` +
          `and nobody can have these again. Give it one: ${seedArgument}=0, the same wherever it should be the same choice.`,
      predicts: "other rows or another model in every run",
      fixes: home === undefined ? [] : seedFix(home, node, seedArgument),
    };
  }
});

/** A line that is a model and nothing else shows how it is set up: nobody has it to fit it. */
function isOnlyShown({ statement, node }: UnseededDraw): boolean {
  const isWhole = statement.node.type === "Expr" && statement.node.value === node;
  return isWhole && statement.calls.some((call) => call.node === node && call.role === "make-model");
}

/** Models that draw only where two splits are equally good, unless they are given one of these arguments. */
const tieBreakers: Readonly<Record<string, readonly string[]>> = {
  DecisionTreeClassifier: ["splitter", "max_features"],
  DecisionTreeRegressor: ["splitter", "max_features"],
  GradientBoostingClassifier: ["subsample", "max_features", "n_iter_no_change"],
  GradientBoostingRegressor: ["subsample", "max_features", "n_iter_no_change"],
};

function breaksTies(name: string, { keywords }: ast.Call): boolean {
  const drawing = tieBreakers[name];
  return drawing !== undefined && keywords.every(({ arg }) => arg !== undefined && !drawing.includes(arg.name));
}

/** Puts the keyword behind the last argument. */
function seedFix(cell: AnalysedCell, node: ast.Call, seedArgument: string): readonly Fix[] {
  const { translation } = cell;
  const last = [...node.args, ...node.keywords].reduce<{ end: number } | undefined>(
    (latest, one) => (latest === undefined || one.end > latest.end ? one : latest),
    undefined,
  );
  // A generator without brackets must be the only argument.
  if (node.args.some(({ type }) => type === "GeneratorExp") || translation.python[node.end - 1] !== ")") return [];
  const at = last?.end ?? node.end - 1;
  const { start } = sourceRange(cell, { start: at, end: at });
  const text = `${last === undefined ? "" : ", "}${seedArgument}=0`;
  return [
    {
      id: "add-seed",
      title: `Add ${seedArgument}=0`,
      edits: [{ cell: cell.cell.index, range: { start, end: start }, text }],
    },
  ];
}
