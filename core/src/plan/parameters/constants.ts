import type * as ast from "../../python/ast.ts";
import { type Bench, bindersOf, kept, open } from "../bench.ts";
import { type Facts, needs } from "../facts.ts";
import type { JsonValue, Parameter } from "../plan.ts";
import { assignedName } from "../statement-kinds.ts";
import { configEntries } from "./config-table.ts";
import { literalOf, pathLiteralOf } from "./literal.ts";
import { isInParametersCell } from "./parameters-cells.ts";

/** A name that is bound once in the notebook, to a literal, and whose value nothing changes. */
export interface Constant {
  readonly name: string;
  readonly facts: Facts;
  readonly value: ast.Expr;
  readonly literal: { readonly type: Parameter["type"]; readonly value: JsonValue };
  /** Other statements that need it, functions that they call included. */
  readonly readers: readonly Facts[];
  readonly isTagged: boolean;
}

/** The constants among what no earlier step has placed, in order. */
export function findConstants(bench: Bench): readonly Constant[] {
  const binders = bindersOf(bench);
  const all = kept(bench);
  const touched = new Set(all.flatMap(({ changes, changesToo, deletes }) => [...changes, ...changesToo, ...deletes]));
  return open(bench).flatMap((facts) => {
    const assigned = assignedName(facts.statement.node);
    const literal = assigned && (literalOf(assigned.value) ?? pathLiteralOf(assigned.value, facts.statement));
    if (assigned === undefined || literal === undefined) return [];
    const name = assigned.target.id;
    if (binders.get(name)?.length !== 1 || touched.has(name)) return [];
    const isTagged = isInParametersCell(bench, facts);
    // Its entries are parameters, one by one.
    if (!isTagged && configEntries(facts.statement).length > 0) return [];
    const readers = all.filter((each) => each !== facts && needs(each).has(name));
    if (readers.some(({ position }) => position < facts.position)) return [];
    return [{ name, facts, value: assigned.value, literal, readers, isTagged }];
  });
}
