import { lateReads } from "./late-reads.ts";
import type { Dataflow, Statement, StatementId } from "./model.ts";
import { type Setting, settingsFor, settingsOf } from "./process/settings.ts";

/**
 * The statements that something needs, in the order of the dataflow: backwards through the edges, changes included, with
 * the settings of the libraries that they use. For a cell: what its statements need, with them. For a name: what its last
 * value needs. Empty for a name that nothing binds.
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
  addSettings(dataflow, needed, (id) => before.get(id) ?? []);
  return dataflow.statements.filter(({ id }) => needed.has(id)).map(({ id }) => id);
}

/** A setting may need a library that has settings of its own. */
function addSettings(
  dataflow: Dataflow,
  needed: Set<StatementId>,
  sourcesOf: (id: StatementId) => readonly StatementId[],
): void {
  const last = dataflow.statements.findLastIndex(({ id }) => needed.has(id));
  const earlier = new Set(dataflow.statements.slice(0, last).map(({ id }) => id));
  let open: readonly Setting[] = settingsOf(dataflow).filter(({ statement }) => earlier.has(statement));
  for (;;) {
    const part = dataflow.statements.filter(({ id }) => needed.has(id));
    const found = settingsFor(part, open, (statement) => textOf(dataflow, statement));
    if (found.length === 0) return;
    open = open.filter((setting) => !found.includes(setting));
    const added = found.map(({ statement }) => statement).filter((id) => !needed.has(id));
    for (const id of added) needed.add(id);
    for (const id of needed) for (const source of sourcesOf(id)) needed.add(source);
  }
}

function textOf(dataflow: Dataflow, { cell, node }: Statement): string {
  const python = dataflow.cells.find((one) => one.cell.index === cell)?.translation.python ?? "";
  return python.slice(node.start, node.end);
}

function statementsOfCell(dataflow: Dataflow, cell: number): readonly StatementId[] {
  return dataflow.statements.filter((statement) => statement.cell === cell).map(({ id }) => id);
}

/** With what an iterator that the notebook leaves alone will read: its last value is what it would give now. */
function definersOf(dataflow: Dataflow, name: string): readonly StatementId[] {
  const definers = lastDefinersOf(dataflow, name);
  const late = dataflow.statements
    .filter(({ id }) => definers.includes(id))
    .flatMap((statement) => lateReads(dataflow, statement, name));
  return [...definers, ...late.flatMap((each) => lastDefinersOf(dataflow, each))];
}

function lastDefinersOf(dataflow: Dataflow, name: string): readonly StatementId[] {
  const last = dataflow.statements.at(-1);
  return last === undefined ? [] : (dataflow.valueAfter(last.id, name)?.definedBy ?? []);
}
