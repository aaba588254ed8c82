import type { Statement, StatementId } from "../dataflow/model.ts";
import { decidedTest } from "../dataflow/statements/decided-test.ts";
import type * as ast from "../python/ast.ts";
import { type Bench, open } from "./bench.ts";
import { reasonToLeaveOut } from "./command-statements.ts";
import { writtenModules } from "./definitions/written-modules.ts";
import type { LeftOut } from "./plan.ts";
import { searchPathStatements } from "./search-path.ts";
import { neverRan } from "./set-aside.ts";

const intoFiles = "only says on what screen figures are drawn; the project draws them into files";

const broughtAlong = "the project has the modules that it leads to";

const collects = "what a stage has is gone when it ends, and its memory is free";

const nothing = "it does nothing";

const neverHolds = "its condition never holds";

/**
 * Leaves out, visibly, what has nothing to do in a pipeline: commands that only concern the screen or the environment, what
 * the project has anyway. Adds to what is set aside.
 */
export function leaveOut(bench: Bench, reasons: Map<StatementId, string>): void {
  const drop = (id: StatementId, why: string) => {
    reasons.set(id, why);
    bench.homes.set(id, "left-out");
  };
  const wished = new Set(bench.wish?.stages.flatMap(({ statements }) => statements));
  for (const { id } of searchPathStatements(bench)) if (!wished.has(id)) drop(id, broughtAlong);
  const modules = writtenModules(bench.dataflow);
  for (const { id, statement } of open(bench)) {
    const module = modules.get(id);
    if (module !== undefined && !isNamedElsewhere(bench, statement.cell, module.path)) {
      drop(id, `the project has what it writes as src/${module.path}`);
      continue;
    }
    const why =
      reasonToLeaveOut(bench, statement) ??
      (statement.node.type === "Pass" ? nothing : undefined) ??
      (isDead(statement.node) ? neverHolds : undefined) ??
      (choosesBackend(statement) ? intoFiles : undefined) ??
      (collectsGarbage(statement) && !wished?.has(id) ? collects : undefined);
    if (why !== undefined) drop(id, why);
  }
}

/** `if False: ...`: what its code names need not even be there. */
function isDead(node: ast.Stmt): boolean {
  return node.type === "If" && node.orelse.length === 0 && decidedTest(node.test, false) === false;
}

/** `matplotlib.use("TkAgg")`. */
function choosesBackend({ node, calls: [call, ...others] }: Statement): boolean {
  if (node.type !== "Expr" || call === undefined || others.length > 0) return false;
  return call.effect?.state?.some(({ state }) => state === "backend") === true;
}

/** `gc.collect()`, and nothing with what it answers. */
function collectsGarbage({ node, calls: [call, ...others] }: Statement): boolean {
  return node.type === "Expr" && node.value.type === "Call" && others.length === 0 && call?.callee === "gc.collect";
}

/** True where other cells may use a file as a file. */
function isNamedElsewhere(bench: Bench, own: number, path: string): boolean {
  return bench.dataflow.cells.some(({ cell, translation }) => cell.index !== own && translation.python.includes(path));
}

/** The list for the plan, in order. */
export function leftOutList(bench: Bench, reasons: ReadonlyMap<StatementId, string>): LeftOut[] {
  const order = bench.facts.map(({ id }) => id).filter((id) => reasons.has(id));
  return [...order.map((statement) => ({ statement, why: reasons.get(statement) ?? "" })), ...notInOrder(bench)];
}

/** What the order that is followed does not run at all. */
function notInOrder({ analysis, factsById }: Bench): LeftOut[] {
  const missing = analysis.document.statements.filter(({ id }) => !factsById.has(id));
  return missing.map(({ id }) => ({ statement: id, why: neverRan }));
}
