import type { CallSite, RandomUse, Statement } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import type { Analysis } from "./analysis.ts";

/** A call that draws random numbers which nothing makes repeatable. */
export interface UnseededDraw {
  readonly use: RandomUse;
  /** Where the call stands that could be given a seed: the draw itself, or what made its receiver. */
  readonly statement: Statement;
  readonly node: ast.Call;
  readonly callee: string;
  /** The keyword of that seed, where there is one. */
  readonly seedArgument?: string;
}

/** In the order of the document; a call that draws several times, or in several places, once. */
export function unseededDraws({ document }: Analysis): UnseededDraw[] {
  const statements = new Map(document.statements.map((statement) => [statement.id, statement]));
  const makers = new Map<ast.Call, { statement: Statement; call: CallSite }>();
  for (const statement of document.statements) {
    for (const call of statement.calls) makers.set(call.node, { statement, call });
  }
  const seeded = new Set<string>();
  const told = new Set<ast.Call>();
  const draws: UnseededDraw[] = [];
  for (const use of document.randomness) {
    if (use.use === "seed") seeded.add(use.stream);
    if (use.use === "seed" || use.seeded || seeded.has(use.stream)) continue;
    const maker = use.madeBy && makers.get(use.madeBy);
    const statement = maker?.statement ?? statements.get(use.statement);
    const node = maker?.call.node ?? use.call.node;
    if (statement === undefined || told.has(node)) continue;
    told.add(node);
    const random = maker?.call.effect?.random ?? use.call.effect?.random;
    const seedArgument = typeof random?.seedArgument === "string" ? random.seedArgument : undefined;
    draws.push({
      use,
      statement,
      node,
      callee: maker?.call.callee ?? use.call.callee ?? use.call.text,
      ...(seedArgument === undefined || seedArgument === "self" ? {} : { seedArgument }),
    });
  }
  return draws;
}
