import type { CallSite, StatementId } from "../../dataflow/model.ts";
import type { Stage } from "../../plan/plan.ts";
import type * as ast from "../../python/ast.ts";
import type { ProjectContext } from "../context.ts";

/** A piece of the notebook's code and the cell that it stands in. */
export interface QuotedCode {
  readonly cell: number;
  readonly code: string;
}

/** A model that the notebook fits, as far as its code tells. */
export interface ModelFacts {
  readonly name: string;
  readonly stage: string;
  /** Qualified; absent where unknown. */
  readonly type?: string;
  /** The expression that makes it. */
  readonly made?: QuotedCode;
  readonly fits: readonly QuotedCode[];
  /** The names that it is fitted on, and those that it is to predict. */
  readonly features: readonly string[];
  readonly targets: readonly string[];
}

const fitting: ReadonlySet<string> = new Set(["fit", "search"]);
const answering: ReadonlySet<string> = new Set(["predict", "score"]);

/**
 * The models of a notebook: what is fitted and later asked; where nothing is asked, whatever is fitted. What torch trains
 * is known by whose parameters an optimizer is given.
 */
export function modelsOf(context: ProjectContext): readonly ModelFacts[] {
  const calls = context.plan.stages.flatMap((stage) =>
    stage.statements.flatMap((id) => context.source.statement(id).statement.calls.map((call) => ({ stage, id, call }))),
  );
  const asked = new Set(calls.flatMap(({ call }) => (answering.has(call.role ?? "") ? (call.receiver ?? []) : [])));
  const fitted = calls.filter(
    ({ call }) => call.receiver !== undefined && (fitting.has(call.role ?? "") || isTrained(call)),
  );
  const kept = fitted.filter(({ call }) => asked.has(call.receiver as string) || isTrained(call));
  const byName = Map.groupBy(kept.length > 0 ? kept : fitted, ({ call }) => call.receiver as string);
  return [...byName].map(([name, own]) => {
    const last = own.at(-1) as (typeof own)[number];
    const type = context.dataflow.valueAfter(last.id, name)?.type;
    const made = madeBy(context, name, last.id);
    return {
      name,
      stage: last.stage.name,
      ...(type !== undefined && { type }),
      ...(made !== undefined && { made }),
      fits: own.filter(({ call }) => !isTrained(call)).map(({ id, call }) => quoted(context, id, call.node)),
      features: argument(own, 0),
      targets: argument(own, 1),
    };
  });
}

/** `SGD(net.parameters())`: a network that an optimizer is to change. */
function isTrained({ text }: CallSite): boolean {
  return text.endsWith(".parameters");
}

function argument(calls: readonly { readonly call: CallSite }[], position: number): readonly string[] {
  const names = calls.flatMap(({ call }) => (isTrained(call) ? [] : (call.argumentNames.get(position) ?? [])));
  return [...new Set(names)];
}

/** The last expression that was bound to a name before a statement. */
function madeBy(context: ProjectContext, name: string, before: StatementId): QuotedCode | undefined {
  const { statements } = context.dataflow;
  const end = statements.findIndex(({ id }) => id === before);
  const found = statements
    .slice(0, end + 1)
    .findLast(
      ({ node }) =>
        node.type === "Assign" && node.targets.some((target) => target.type === "Name" && target.id === name),
    );
  return found?.node.type === "Assign" ? quoted(context, found.id, found.node.value) : undefined;
}

/** Code as it stands in the notebook, on one line. */
export function quoted(
  context: ProjectContext,
  id: StatementId,
  { start, end }: Pick<ast.Expr, "start" | "end">,
): QuotedCode {
  const { python, cell } = context.source.statement(id);
  return { cell: cell.cell.index, code: python.slice(start, end).replace(/\s+/g, " ") };
}

/** Calls of those roles that the stages make, in order. */
export function callsOfRole(
  { plan, source }: ProjectContext,
  roles: ReadonlySet<string>,
): readonly { readonly stage: Stage; readonly id: StatementId; readonly call: CallSite }[] {
  return plan.stages.flatMap((stage) =>
    stage.statements.flatMap((id) =>
      source
        .statement(id)
        .statement.calls.filter(({ role }) => roles.has(role ?? ""))
        .map((call) => ({ stage, id, call })),
    ),
  );
}
