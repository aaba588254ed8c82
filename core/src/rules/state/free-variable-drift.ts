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
    if (first !== undefined && binders.every((id) => !first?.binders.includes(id))) {
      const drift = { first: first.statement, second: statement, binders };
      if (!isSameValue(document, [...first.binders, ...binders], name)) return drift;
    }
    first = { statement, binders };
  }
  return undefined;
}

/** Whether all these statements give a name the same: one import, or one literal. */
function isSameValue(document: Dataflow, binders: readonly StatementId[], name: string): boolean {
  const index = indexOf(document);
  const given = new Set(binders.map((id) => givenTo(index.statement(id), name)));
  return given.size === 1 && !given.has(undefined);
}

/** What an import or a literal gives a name, in words that are the same for the same; absent for anything else. */
function givenTo(statement: Statement | undefined, name: string): string | undefined {
  const node = statement?.node;
  if (node?.type === "Import") {
    const alias = node.names.find(({ asname, name: module }) => (asname?.name ?? module.split(".")[0]) === name);
    // `import a.b` gives `a`, `import a.b as c` gives `a.b`.
    return alias && `import ${alias.asname === undefined ? name : alias.name}`;
  }
  if (node?.type === "ImportFrom") {
    const alias = node.names.find(({ asname, name: imported }) => (asname?.name ?? imported) === name);
    return alias && `from ${".".repeat(node.level)}${node.module ?? ""} import ${alias.name}`;
  }
  if (node?.type !== "Assign" || node.value.type !== "Constant") return undefined;
  const [target, more] = node.targets;
  const isAlone = target?.type === "Name" && more === undefined;
  return isAlone ? `${node.value.kind} ${node.value.value}` : undefined;
}
