import type { Dataflow, Statement, StatementId } from "../dataflow/model.ts";
import type { Notebook } from "../notebook/model.ts";
import { codeCell, isMeantToFail } from "./record.ts";
import { cellList, rule } from "./rule.ts";
import { isSettled } from "./settled.ts";

export const orderDivergence = rule("NB104", function* ({ notebook, document, recorded }) {
  if (recorded === undefined) return;
  const today = new Reaching(document);
  const then = new Reaching(recorded);
  for (const { cell, statements } of document.cells) {
    if (isMeantToFail(cell) || !then.has(cell.index)) continue;
    for (const { name, access } of outsideReads(statements)) {
      const now = today.definitions(cell.index, name);
      const before = then.definitions(cell.index, name);
      if (now === undefined || isSame(now, before ?? []) || now.every((statement) => neverRan(notebook, statement)))
        continue;
      // What made it only ran again: NB106 speaks of the output.
      const onlyAgain = before === undefined || before.length === 0;
      if (onlyAgain && (cell.outputs.length > 0 || now.every((statement) => isSettled(document, statement)))) continue;
      const [nowCells, beforeCells] = [now, before ?? []].map((all) => all.map((statement) => statement.cell)) as [
        number[],
        number[],
      ];
      yield {
        tier: "strong",
        severity: "warning",
        cell: cell.index,
        range: access.range,
        subject: name,
        message:
          `From top to bottom \`${name}\` has the value of ${cellList(nowCells)} here; in the recorded run it had ` +
          (beforeCells.length === 0
            ? "one from an earlier run, since the cells that make it ran later. "
            : `that of ${cellList(beforeCells)}. `) +
          "The saved output is therefore not what a fresh run shows. " +
          "Put the cells in the order that you mean, or give the second value a name of its own; then run all cells and save.",
        predicts: `the output of cell ${cell.index} changes: \`${name}\` comes from ${cellList(nowCells)}`,
        evidence: [...now, ...(before ?? [])].map((statement) => ({
          cell: statement.cell,
          range: statement.range,
          message: `${now.includes(statement) ? "the value from top to bottom" : "the value in the recorded run"} (${countText(notebook, statement.cell)})`,
        })),
      };
    }
  }
});

/** Which statements made what a name holds when a cell begins, in one order. */
class Reaching {
  readonly #dataflow: Dataflow;
  readonly #statements: ReadonlyMap<StatementId, Statement>;
  readonly #before = new Map<number, StatementId | undefined>();

  constructor(dataflow: Dataflow) {
    this.#dataflow = dataflow;
    this.#statements = new Map(dataflow.statements.map((statement) => [statement.id, statement]));
    let previous: StatementId | undefined;
    for (const { id, cell } of dataflow.statements) {
      if (!this.#before.has(cell)) this.#before.set(cell, previous);
      previous = id;
    }
  }

  has(cell: number): boolean {
    return this.#before.has(cell);
  }

  /** Those that do it on every path; absent where nothing has bound the name. */
  definitions(cell: number, name: string): readonly Statement[] | undefined {
    const before = this.#before.get(cell);
    if (before === undefined) return undefined;
    return this.#dataflow
      .valueAfter(before, name)
      ?.definedBy.map((id) => this.#statements.get(id) as Statement)
      .filter(({ accesses }) =>
        accesses.some(({ kind, place, certainty }) => kind !== "read" && place.name === name && certainty === "must"),
      );
  }
}

/** What a cell surely needs from other cells: names that it reads or changes before it binds them itself, each once. */
function* outsideReads(statements: readonly Statement[]) {
  const seen = new Set<string>();
  for (const { accesses } of statements) {
    for (const access of accesses) {
      const { name } = access.place;
      if (access.kind === "bind" || access.kind === "delete" || access.certainty === "may" || seen.has(name)) continue;
      seen.add(name);
      yield { name, access };
    }
    for (const { kind, place, certainty } of accesses) {
      if (kind === "bind" && place.path.length === 0 && certainty === "must") seen.add(place.name);
    }
  }
}

/** The same statements, or others that say the same, or imports. */
function isSame(one: readonly Statement[], other: readonly Statement[]): boolean {
  const said = (all: readonly Statement[]) => [...new Set(all.map(wordOf))].sort().join("\n");
  return said(one) === said(other);
}

const words = new WeakMap<Statement, string>();

function wordOf(statement: Statement): string {
  const { node } = statement;
  if (node.type === "Import" || node.type === "ImportFrom") return "import";
  const word =
    words.get(statement) ??
    JSON.stringify(node, (key, value) => (key === "start" || key === "end" ? undefined : value));
  words.set(statement, word);
  return word;
}

function neverRan(notebook: Notebook, { cell }: Statement): boolean {
  return codeCell(notebook, cell)?.executionCount === null;
}

function countText(notebook: Notebook, cell: number): string {
  const count = codeCell(notebook, cell)?.executionCount ?? null;
  return count === null ? "never ran" : `In [${count}]`;
}
