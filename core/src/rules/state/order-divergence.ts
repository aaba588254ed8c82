import type { Access, PathStep, Statement } from "../../dataflow/model.ts";
import type { CodeCell, Notebook } from "../../notebook/model.ts";
import { cellList } from "../../text/cell-list.ts";
import type { Analysis } from "../analysis.ts";
import { inCode } from "../clue.ts";
import { drawsUnseeded } from "../randomness/random-draws.ts";
import { Reaching } from "../reaching.ts";
import { codeCell, hasLostRun, hasLostRunBetween, isMeantToFail } from "../record.ts";
import { type Facts, rule } from "../rule.ts";
import { countsAreOfOneSession } from "./session-contradiction.ts";
import { isSettled } from "./settled.ts";

export const orderDivergence = rule("NB104", divergences);

const found = new WeakMap<Analysis, readonly Facts[]>();

/** The values that differ between the orders, each at the cell that reads it. */
export function divergences(analysis: Analysis): readonly Facts[] {
  const known = found.get(analysis) ?? [...find(analysis)];
  found.set(analysis, known);
  return known;
}

function* find(analysis: Analysis): Iterable<Facts> {
  const { notebook, document, recorded } = analysis;
  if (recorded === undefined || !countsAreOfOneSession(notebook)) return;
  const today = new Reaching(document);
  const then = new Reaching(recorded);
  const showsNothing = document.cells.every(({ cell }) => cell.outputs.length === 0);
  for (const { index, name, access, paths } of outsideReads(document)) {
    const cell = codeCell(notebook, index);
    if (cell === undefined || isMeantToFail(cell) || !then.has(index)) continue;
    const makes = (statement: Statement) => changesAnyOf(statement, name, paths);
    const now = today.definitions(index, name)?.filter(makes);
    const before = then.definitions(index, name)?.filter(makes) ?? [];
    if (now === undefined || isSame(now, before) || now.every((statement) => neverRan(notebook, statement))) continue;
    // Where one order knows less than the other, as with imports that ran again at the end, that is no difference.
    const isUnsure = (then.possible(index, name)?.length ?? 0) > before.length;
    if (isUnsure && isAmong(before, today.possible(index, name) ?? [])) continue;
    const onlyAgain = isOnlyAgain(notebook, cell, now, before);
    // A cell that ran to its end had the name from somewhere: its session began with runs that left no count.
    if (before.length === 0 && !onlyAgain && !hasFailed(cell)) continue;
    const isOther = !onlyAgain || now.some((statement) => drawsUnseeded(analysis, statement));
    // What made it only ran again, and may have given the same: NB106 speaks of what is shown.
    if (onlyAgain && !(isOther && cell.outputs.length === 0) && !showsNothing) continue;
    if (onlyAgain && now.every((statement) => isSettled(document, statement))) continue;
    const [nowCells, beforeCells] = [now, before].map((all) => all.map((statement) => statement.cell)) as [
      number[],
      number[],
    ];
    yield {
      tier: isOther ? "strong" : "hint",
      severity: "warning",
      cell: index,
      range: access.range,
      subject: name,
      message:
        `From top to bottom \`${name}\` has the value of ${cellList(nowCells)} here; in the recorded run it had ` +
        (onlyAgain ? "one from an earlier run, since cells that make it ran later. " : describe(beforeCells)) +
        "The saved output is therefore not what a fresh run shows. " +
        "Put the cells in the order that you mean, or give the second value a name of its own; then run all cells and save.",
      predicts: `the output of cell ${index} changes: \`${name}\` comes from ${cellList(nowCells)}`,
      evidence: evidenceOf(notebook, now, before),
    };
  }
}

function hasFailed({ outputs }: CodeCell): boolean {
  return outputs.some(({ output_type: type }) => type === "error");
}

function describe(cells: readonly number[]): string {
  return cells.length === 0 ? "none. " : `that of ${cellList(cells)}. `;
}

/** Each statement once; of several in one cell that make the same value, the last. */
function evidenceOf(notebook: Notebook, now: readonly Statement[], before: readonly Statement[]) {
  const byCell = new Map([...before, ...now].map((statement) => [statement.cell, statement]));
  return [...byCell.values()]
    .sort((one, other) => one.cell - other.cell)
    .map((statement) => {
      const isNow = now.some(({ cell }) => cell === statement.cell);
      const isBefore = before.some(({ cell }) => cell === statement.cell);
      const what = isNow
        ? isBefore
          ? "a part of the value in both"
          : "the value from top to bottom"
        : "the value in the recorded run";
      return {
        cell: statement.cell,
        range: statement.range,
        message: `${what} (${countText(notebook, statement.cell)})`,
      };
    });
}

/**
 * Whether the difference may be only that a cell above ran once more after this one: without its last run the two orders
 * agree, and there is a run that left no count, which may have been its first.
 */
function isOnlyAgain(
  notebook: Notebook,
  cell: CodeCell,
  now: readonly Statement[],
  before: readonly Statement[],
): boolean {
  const ranBefore = now.filter((statement) => !ranLater(notebook, statement, cell));
  if (ranBefore.length === now.length) return false;
  // Where the counts leave the name unbound, what bound it ran again, and the changes since are not known either.
  if (before.length === 0) return true;
  const known = new Set(before.map(wordOf));
  const isAbove = before.every((statement) => statement.cell < cell.index);
  if (!hasLostRun(notebook, cell) || !isAbove) return false;
  if (ranBefore.length === 0) return couldHaveRunSince(notebook, before, cell);
  return ranBefore.every((statement) => known.has(wordOf(statement)));
}

/** Whether a run that left no count may have come behind the first of the statements, so that the cell saw what it made. */
function couldHaveRunSince(
  notebook: Notebook,
  statements: readonly Statement[],
  { executionCount }: CodeCell,
): boolean {
  const counts = statements.map(({ cell }) => codeCell(notebook, cell)?.executionCount ?? 0);
  return hasLostRunBetween(notebook, Math.min(...counts), executionCount ?? 0);
}

/** Its cell's last run was after the cell's: of the run that the cell saw, nothing is left. */
function ranLater(notebook: Notebook, { cell }: Statement, { executionCount }: CodeCell): boolean {
  return (codeCell(notebook, cell)?.executionCount ?? 0) > (executionCount ?? 0);
}

interface OutsideRead {
  readonly index: number;
  readonly name: string;
  /** The first. */
  readonly access: Access;
  /** The parts of what the name holds that the cell uses: the columns of a table; an empty path for the whole of it. */
  readonly paths: Path[];
}

type Path = readonly PathStep[];

/**
 * What a cell surely needs from other cells: names that it reads or changes before it binds them itself, each once.
 */
const outsideReads = inCode(({ statements, translation }) => {
  const found = new Map<string, OutsideRead>();
  const own = new Set<string>();
  for (const { accesses } of statements) {
    for (const access of accesses) {
      const { name, path } = access.place;
      if (access.kind === "bind" || access.kind === "delete" || own.has(name)) continue;
      const known = found.get(name);
      if (known !== undefined) known.paths.push(path);
      else if (access.certainty === "must") found.set(name, { index: translation.cell, name, access, paths: [path] });
    }
    for (const { kind, place, certainty } of accesses) {
      if (kind === "bind" && place.path.length === 0 && certainty === "must") own.add(place.name);
    }
  }
  return [...found.values()];
});

/** Whether a statement makes what a name holds, or changes a part of it that is used: not another column of the table. */
function changesAnyOf({ accesses }: Statement, name: string, paths: readonly Path[]): boolean {
  return accesses.some(
    ({ kind, place }) => kind !== "read" && place.name === name && paths.some((path) => canMeet(path, place.path)),
  );
}

/** Whether one path may lead into what the other one leads to. */
function canMeet(one: Path, other: Path): boolean {
  const shared = Math.min(one.length, other.length);
  return one.slice(0, shared).every(({ kind, name }, at) => {
    const step = other[at] as PathStep;
    return kind !== "column" || step.kind !== "column" || name === "*" || step.name === "*" || name === step.name;
  });
}

/** The same statements, or others that say the same, or imports. */
function isSame(one: readonly Statement[], other: readonly Statement[]): boolean {
  const said = (all: readonly Statement[]) => [...new Set(all.map(wordOf))].sort().join("\n");
  return said(one) === said(other);
}

/** Whether each of the statements is one of the others, or says the same. */
function isAmong(one: readonly Statement[], others: readonly Statement[]): boolean {
  const said = new Set(others.map(wordOf));
  return one.length > 0 && one.every((statement) => said.has(wordOf(statement)));
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
