import type { Dataflow, StatementId } from "./model.ts";

/**
 * The statements that something needs, in the order of the dataflow: backwards through the edges, changes included.
 * For a cell: what its statements need, with them. For a name: what its last value needs. Empty for a name that
 * nothing binds.
 */
export function sliceFor(dataflow: Dataflow, wanted: string | number): readonly StatementId[] {
  return sliceOf(
    dataflow,
    typeof wanted === "number" ? statementsOfCell(dataflow, wanted) : definersOf(dataflow, wanted),
  );
}

/** As `sliceFor`, from any statements. */
export function sliceOf(dataflow: Dataflow, from: Iterable<StatementId>): readonly StatementId[] {
  const before = new Map<StatementId, StatementId[]>();
  for (const edge of dataflow.edges) {
    const sources = before.get(edge.to);
    if (sources === undefined) before.set(edge.to, [edge.from]);
    else sources.push(edge.from);
  }
  const needed = new Set(from);
  for (const id of needed) for (const source of before.get(id) ?? []) needed.add(source);
  return dataflow.statements.filter(({ id }) => needed.has(id)).map(({ id }) => id);
}

function statementsOfCell(dataflow: Dataflow, cell: number): readonly StatementId[] {
  return dataflow.statements.filter((statement) => statement.cell === cell).map(({ id }) => id);
}

function definersOf(dataflow: Dataflow, name: string): readonly StatementId[] {
  const last = dataflow.statements.at(-1);
  return last === undefined ? [] : (dataflow.valuesAfter(last.id).get(name)?.definedBy ?? []);
}
