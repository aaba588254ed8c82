import type { AnalysedCell, Dataflow, Statement } from "../dataflow/model.ts";
import type { Expr } from "../python/ast.ts";
import { scopesOfStatement } from "../python/scopes.ts";
import type { Edit } from "../rules/finding.ts";
import { boundNames } from "../rules/global-bindings.ts";
import { sourceRange } from "../rules/rule.ts";
import { historyReads, mentionsHistory } from "../rules/state/history-reads.ts";
import type { Range } from "../text/position.ts";
import { takesPython } from "./code-lines.ts";
import type { Fixer } from "./fixer.ts";

/**
 * Gives an earlier result that is read as `_`, `_3` or `Out[3]` a name in the cell that it is of, and reads that name
 * wherever the result is read. Only where it is certain which cell that is: from top to bottom, and in the recorded run
 * if there is one.
 */
export const namedResult: Fixer = ({ document }, { cell, range }) => {
  const { reads: all, freeName: name } = historyOf(document);
  const asked = all.find((read) => read.cell === cell && isSame(read.range, range));
  const home = asked?.home;
  const shown = home?.statements.at(-1);
  if (home === undefined || shown?.node.type !== "Expr") return undefined;
  const reads = all.filter((read) => read.home === home);
  const last = reads.at(-1)?.statement;
  if (last === undefined || reads.length > mostReads) return undefined;
  const { value } = shown.node;
  const known = value.type === "Name" ? value.id : undefined;
  if (known !== undefined && isKept(document, known, shown, last))
    return { id: "name-result", title: `Write ${known}`, edits: reads.map((read) => reading(read, known)) };
  return {
    id: "name-result",
    title: `Give the result of cell ${home.cell.index} a name, and use that`,
    edits: [...naming(home, shown, name), ...reads.map((read) => reading(read, name))],
  };
};

/** A result that is read more often than this is named by a person. */
const mostReads = 20;

/** A place where a result of the history is read, and the cell that it is surely of. */
interface ResultRead {
  readonly cell: number;
  readonly range: Range;
  readonly statement: Statement;
  readonly home?: AnalysedCell;
}

interface History {
  readonly reads: readonly ResultRead[];
  readonly freeName: string;
}

const histories = new WeakMap<Dataflow, History>();

function historyOf(document: Dataflow): History {
  let history = histories.get(document);
  if (history === undefined) {
    history = { reads: readsOf(document), freeName: freeName(document) };
    histories.set(document, history);
  }
  return history;
}

function readsOf(document: Dataflow): readonly ResultRead[] {
  const bound = new Set(document.statements.flatMap(boundNames));
  const reads: ResultRead[] = [];
  /** The cell above whose result is the newest, where that is certain. */
  let newest: AnalysedCell | undefined;
  let count = 0;
  for (const cell of document.cells) {
    // What ran in another order has left something else.
    const { executionCount } = cell.cell;
    if (executionCount !== null && executionCount < count) newest = undefined;
    count = executionCount ?? count;
    if (mentionsHistory(cell) && takesPython(cell)) {
      for (const { node, name } of historyReads(cell, bound)) {
        const statement = cell.statements.find((one) => one.node.start <= node.start && node.end <= one.node.end);
        if (statement === undefined) continue;
        const number = numberIn(cell.translation.python.slice(node.start, node.end));
        const home = name === "_" ? newest : numberedResult(document, number, cell.cell.index);
        const isSure = home !== undefined && takesPython(home) && isReadAtOnce(statement, name);
        const place = { cell: cell.cell.index, range: sourceRange(cell, node), statement };
        reads.push(isSure ? { ...place, home } : place);
      }
    }
    const shows = showsResult(cell);
    if (shows !== false) newest = shows ? cell : undefined;
  }
  return reads;
}

function reading({ cell, range }: ResultRead, name: string): Edit {
  return { cell, range, text: name };
}

/** `x + 4` becomes `result = x + 4`, and `result` below it, which is shown as before. */
function naming({ cell: { index, source } }: AnalysedCell, { range: { start, end } }: Statement, name: string): Edit[] {
  const before = (source.split("\n")[start.line - 1] ?? "").slice(0, start.column - 1);
  const margin = before.trim() === "" ? before : "";
  return [
    { cell: index, range: { start, end: start }, text: `${name} = ` },
    { cell: index, range: { start: end, end }, text: `\n${margin}${name}` },
  ];
}

/** In the statement itself: what stands in a function is read whenever that is called. */
function isReadAtOnce({ node }: Statement, name: string): boolean {
  const { names, children } = scopesOfStatement(node);
  return names.get(name)?.isReferenced === true && children.length === 0;
}

/** 3 of `_3` and of `Out[3]`. */
function numberIn(text: string): number | undefined {
  const found = /^(?:_(\d+)|(?:Out|_oh)\[\s*(\d+)\s*\])$/.exec(text);
  return found === null ? undefined : Number(found[1] ?? found[2]);
}

/** The cell that runs as the n-th, and did if there is a record. */
function numberedResult({ cells }: Dataflow, number = 0, reader: number): AnalysedCell | undefined {
  const home = cells.filter(({ cell: { source } }) => source.trim() !== "")[number - 1];
  if (home === undefined || home.cell.index >= reader || showsResult(home) !== true) return undefined;
  const recorded = cells.filter(({ cell: { executionCount } }) => executionCount === number);
  const isRecorded = cells.some(({ cell: { executionCount } }) => executionCount !== null);
  return !isRecorded || (recorded.length === 1 && recorded[0] === home) ? home : undefined;
}

/** Expressions whose value is never `None`, which is not shown. */
const neverNone: ReadonlySet<Expr["type"]> = new Set([
  ...(["BinOp", "Compare", "List", "Tuple", "Dict", "Set", "JoinedStr"] as const),
  ...(["ListComp", "SetComp", "DictComp", "GeneratorExp", "Lambda"] as const),
]);

/** Whether a cell ends in a value that IPython shows and remembers; undefined where nobody can tell. */
function showsResult({ cell, statements, translation, module }: AnalysedCell): boolean | undefined {
  const last = statements.at(-1);
  if (module.errors.length > 0) return undefined;
  if (last === undefined) return translation.commands.length > 0 ? undefined : false;
  const { node, calls } = last;
  const isCommand = translation.commands.some(({ pythonSpan: { start, end } }) => start < node.end && node.start < end);
  if (isCommand) return undefined;
  if (node.type !== "Expr" || /^\s*;/.test(translation.python.slice(node.end))) return false;
  if (calls.some((call) => call.node === node.value && call.callee === "builtins.print")) return false;
  if (cell.outputs.some(({ output_type }) => output_type === "execute_result")) return true;
  if (cell.executionCount !== null)
    return cell.outputs.some(({ output_type }) => output_type === "error") ? undefined : false;
  return neverNone.has(node.value.type) || (node.value.type === "Constant" && node.value.kind !== "none") || undefined;
}

/** Whether a name still is, where the reader runs, what it was where it was shown. */
function isKept({ statements }: Dataflow, name: string, shown: Statement, reader: Statement): boolean {
  const between = statements.slice(statements.indexOf(shown) + 1, statements.indexOf(reader));
  return between.every(
    (statement) =>
      !boundNames(statement).includes(name) &&
      statement.accesses.every(({ kind, place }) => kind !== "delete" || place.name !== name),
  );
}

/** A name that no word of the notebook is. */
function freeName({ cells }: Dataflow): string {
  const words = new Set(cells.flatMap(({ cell }) => cell.source.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
  let name = "result";
  for (let number = 2; words.has(name); number++) name = `result_${number}`;
  return name;
}

function isSame(one: Range, other: Range): boolean {
  return one.start.line === other.start.line && one.start.column === other.start.column;
}
