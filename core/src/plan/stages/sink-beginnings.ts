import type * as ast from "../../python/ast.ts";
import type { Bench } from "../bench.ts";
import { laterReads } from "../definitions/later-reads.ts";
import { type Facts, needs } from "../facts.ts";
import { literalOf } from "../parameters/literal.ts";
import { assignedName } from "../statement-kinds.ts";
import type { Segment } from "./segment.ts";

/**
 * Moves what only begins something (`scores = []`, `columns = ["a", "b"]`) from the stage where it happens to stand to
 * the first one that has to do with it, so that it need not be saved and loaded as a value. Names in `shown` stay: others
 * need them from where they are. No stage is left empty.
 */
export function sinkBeginnings(
  bench: Bench,
  segments: readonly Segment[],
  shown: ReadonlySet<string>,
): readonly Segment[] {
  const concerns = (facts: Facts, name: string) => hasToDoWith(bench, facts, name);
  const sunk = segments.map(({ statements, leans, ...more }) => ({
    ...more,
    statements: [...statements],
    leans: [...leans],
  }));
  for (const [at, { tag, statements }] of segments.entries()) {
    if (tag !== undefined) continue;
    for (const facts of statements.toReversed()) {
      const name = begunBy(facts);
      const own = sunk[at]?.statements ?? [];
      if (name === undefined || shown.has(name) || own.length < 2) continue;
      const place = own.indexOf(facts);
      if (own.slice(place + 1).some((other) => concerns(other, name))) continue;
      const user = sunk.find((each, index) => index > at && each.statements.some((other) => concerns(other, name)));
      if (user === undefined || user.tag !== undefined) continue;
      own.splice(place, 1);
      const [lean = {}] = sunk[at]?.leans.splice(place, 1) ?? [];
      user.statements.unshift(facts);
      user.leans.unshift(lean);
    }
  }
  return sunk.map(inOrder);
}

/** The name that a statement gives to a literal or an empty container, and does nothing else. */
function begunBy({ statement, reads, changes, changesToo, deletes }: Facts): string | undefined {
  const assigned = assignedName(statement.node);
  if (assigned === undefined || reads.size + changes.size + changesToo.size + deletes.size > 0) return undefined;
  return literalOf(assigned.value) !== undefined || isEmpty(assigned.value) ? assigned.target.id : undefined;
}

function isEmpty(node: ast.Expr): boolean {
  if (node.type === "Dict") return node.keys.length === 0;
  return node.type === "Call" && node.func.type === "Name" && /^(list|dict|set)$/.test(node.func.id)
    ? node.args.length + node.keywords.length === 0
    : false;
}

function hasToDoWith(bench: Bench, facts: Facts, name: string): boolean {
  const { binds, changes, changesToo, deletes } = facts;
  const names = [needs(facts), binds, changes, changesToo, deletes];
  const isRead = bench.localDefinitions.has(facts) && laterReads(bench, facts).includes(name);
  return isRead || names.some((each) => each.has(name));
}

function inOrder({ statements, leans, ...more }: Segment): Segment {
  const order = [...statements.keys()].sort(
    (one, other) => (statements[one] as Facts).position - (statements[other] as Facts).position,
  );
  return {
    ...more,
    statements: order.map((at) => statements[at] as Facts),
    leans: order.map((at) => leans[at] ?? {}),
  };
}
