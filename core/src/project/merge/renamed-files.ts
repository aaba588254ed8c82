import type { StatementId } from "../../dataflow/model.ts";
import { matchStatements } from "../../plan/edited/match-statements.ts";
import type { PipelinePlan } from "../../plan/plan.ts";

/** Which statements of the notebook each file of the package holds, by path. */
export type HeldStatements = Readonly<Record<string, readonly StatementId[]>>;

/** What a project's files hold, with what these statements are (`statementPrints`). */
export interface HeldCode {
  readonly held: HeldStatements;
  readonly statements: Readonly<Record<StatementId, string>>;
}

export function heldStatements({ package: name, stages, modules }: PipelinePlan): HeldStatements {
  return Object.fromEntries(
    [...stages, ...modules].map((each) => [`src/${name}/${each.name}.py`, each.statements] as const),
  );
}

/**
 * Files that are generated under another name than last time, because their stage is called otherwise now: the old path
 * by the new one. They are known by what they hold: more than half of the one is in the other. A name that is still in use
 * is nobody else's.
 */
export function renamedFiles(then: HeldCode, now: HeldCode): ReadonlyMap<string, string> {
  const gone = Object.keys(then.held).filter((path) => !Object.hasOwn(now.held, path));
  const come = Object.keys(now.held).filter((path) => !Object.hasOwn(then.held, path));
  if (gone.length === 0 || come.length === 0) return new Map();
  const { now: idNow } = matchStatements(then.statements, now.statements);
  const pairs = gone.flatMap((from) => {
    const before = then.held[from] ?? [];
    const held = new Set(before.map((id) => idNow.get(id)));
    return come.flatMap((to) => {
      const after = now.held[to] ?? [];
      const shared = after.filter((id) => held.has(id)).length;
      return 2 * shared > Math.min(before.length, after.length) ? [{ from, to, shared }] : [];
    });
  });
  const renamed = new Map<string, string>();
  for (const { from, to } of pairs.sort((one, other) => other.shared - one.shared)) {
    if (!renamed.has(to) && ![...renamed.values()].includes(from)) renamed.set(to, from);
  }
  return renamed;
}
