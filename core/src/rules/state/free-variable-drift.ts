import type { Dataflow, Statement, StatementId } from "../../dataflow/model.ts";
import { append } from "../../text/append.ts";
import { cellList } from "../../text/cell-list.ts";
import { inStatements } from "../clue.ts";
import { indexOf } from "../document-index.ts";
import { rule } from "../rule.ts";
import { functionState } from "./function-state.ts";

export const freeVariableDrift = rule("NB107", function* ({ document }) {
  const index = indexOf(document);
  const calls = callersOf(document);
  yield* functionState(document, calls);
  for (const { name, kind, freeReads, freeBinds, freeChanges } of document.definitions) {
    const callers = calls.get(`notebook.${name}`) ?? [];
    if (kind !== "function" || callers.length < 2) continue;
    for (const free of freeReads) {
      // What the function changes itself is its memory.
      if (freeBinds.includes(free) || freeChanges.includes(free)) continue;
      const drift = firstDrift(document, callers, free);
      if (drift === undefined) continue;
      const { first, second, binders } = drift;
      const binder = binders.map((id) => index.statement(id)).find((statement) => statement !== undefined);
      if (binder === undefined || binder.cell === first.cell) continue;
      yield {
        tier: "hint",
        severity: "info",
        cell: binder.cell,
        range: binder.range,
        subject: free,
        message:
          `\`${free}\` gets another value here, between two calls of \`${name}\`, which reads it as a global: ` +
          `the calls in ${cellList([first.cell, second.cell])} compute with different values of it, and nothing at the calls shows that. ` +
          `Make \`${free}\` a parameter of \`${name}\`.`,
        predicts: `\`${name}\` gives something else when cell ${binder.cell} has run`,
        evidence: [
          { cell: first.cell, range: first.range, message: `calls \`${name}\` with the earlier value` },
          { cell: second.cell, range: second.range, message: `calls \`${name}\` with this one` },
        ],
      };
    }
  }
});

function callersOf(document: Dataflow): ReadonlyMap<string, readonly Statement[]> {
  const callers = new Map<string, Statement[]>();
  for (const { callee, statement } of ownCalls(document)) append(callers, callee, statement);
  return callers;
}

/** Calls of functions that the notebook defines. */
const ownCalls = inStatements((statement) =>
  statement.calls.flatMap(({ callee }) => (callee?.startsWith("notebook.") === true ? [{ callee, statement }] : [])),
);

/** Two calls that follow each other and find the name bound by different statements, for sure. */
function firstDrift(
  document: Dataflow,
  callers: readonly Statement[],
  name: string,
): { first: Statement; second: Statement; binders: readonly StatementId[] } | undefined {
  let first: { statement: Statement; binders: readonly StatementId[] } | undefined;
  for (const statement of callers) {
    const previous = indexOf(document).before(statement.id)?.id;
    const value = previous === undefined ? undefined : document.valueAfter(previous, name);
    if (value === undefined || !value.certain) continue;
    const binders = value.definedBy;
    if (first !== undefined && binders.every((id) => !first?.binders.includes(id)))
      return { first: first.statement, second: statement, binders };
    first = { statement, binders };
  }
  return undefined;
}
