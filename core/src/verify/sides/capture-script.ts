import type { AnalysedCell, Dataflow, Statement } from "../../dataflow/model.ts";
import { figureSettings } from "../../dataflow/process/consulted.ts";
import { type Inclusion, inclusionAt } from "../../inclusion/inclusion.ts";
import { mayRaiseTag, notRunTag } from "../../notebook/cell-tags.ts";
import type { PipelinePlan } from "../../plan/plan.ts";
import { callDraws } from "../../project/edits/drawing-calls.ts";

/**
 * What the agent does in the notebook's kernel: `enter` gives a stage its random streams, `leave` takes its values, `take`
 * those of one statement. `figures` names the stage whose figures pyplot shows until another is entered: it drew them.
 */
export type CaptureAction = readonly ["enter" | "leave" | "take" | "figures", string];

/** Actions before the `nth` statement that starts on a line of a cell. */
export interface CaptureMark {
  readonly line: number;
  readonly nth: number;
  readonly actions: readonly CaptureAction[];
}

export interface CellScript {
  readonly cell: number;
  readonly source: string;
  /** It ends before the statement that failed in the author's session. */
  readonly isCut: boolean;
  readonly before: readonly CaptureAction[];
  readonly marks: readonly CaptureMark[];
  readonly after: readonly CaptureAction[];
  /** Syntax trees that IPython runs before the one that the marks are for: one for each cell magic around the body. */
  readonly visitsBefore: number;
}

/** A value to take at the end of a stage. */
export interface CapturedName {
  readonly name: string;
  /** The last cell of the stage that binds or changes it; for an input that the stage leaves alone, its last cell. */
  readonly cell: number;
  /** `input`: the stage is given it and leaves it alone. */
  readonly kind: "output" | "variable" | "input";
}

export interface CaptureScript {
  readonly cells: readonly CellScript[];
  /** By stage, in the order of the plan. */
  readonly names: ReadonlyMap<string, readonly CapturedName[]>;
  /** By statement: names to take right after it. */
  readonly steps: ReadonlyMap<string, readonly string[]>;
}

export type CapturedDataflow = Pick<Dataflow, "order" | "cells" | "statements">;

/** Statements that no stage has (imports, settings, definitions, what was left out) draw from streams of their own. */
const noStage = "";

/**
 * Where in the notebook each stage begins, goes on, and ends, and what is to be taken there. A stage ends with the last
 * of its statements in the plan's order; statements of other stages between its own run where the notebook has them.
 * `steps` are statements after which more is to be taken.
 */
export function captureScript(
  plan: PipelinePlan,
  dataflow: CapturedDataflow,
  steps: CaptureScript["steps"] = new Map(),
): CaptureScript {
  const stageOf = new Map(plan.stages.flatMap(({ name, statements }) => statements.map((id) => [id, name] as const)));
  const statements = dataflow.statements;
  const lastOf = new Map<string, Statement>();
  for (const statement of statements) lastOf.set(stageOf.get(statement.id) ?? noStage, statement);
  const leftOut = new Set<string>(plan.leftOut.map(({ statement }) => statement));
  const skipped = notTheNotebooks(leftOut, dataflow);
  const cells = dataflow.order
    .filter((index) => !skipped.has(index))
    .map((index) => {
      const cell = dataflow.cells.find((each) => each.cell.index === index);
      const own = statements.filter((statement) => statement.cell === index);
      return cellScript(index, cell, own, { stageOf, lastOf, steps, leftOut });
    });
  return { cells, steps, names: new Map(plan.stages.map((stage) => [stage.name, namesOf(stage, dataflow)])) };
}

/**
 * Cells that are no part of what the notebook computed: the plan leaves them out, and the author's own session did not
 * run them, or not to their end; and those that no run of the notebook runs.
 */
function notTheNotebooks(leftOut: ReadonlySet<string>, { cells }: CapturedDataflow): ReadonlySet<number> {
  const wasRun = ({ cell }: AnalysedCell) => cell.executionCount !== null || cell.outputs.length > 0;
  const someRan = cells.some(wasRun);
  const isUndone = (each: AnalysedCell) => (someRan && !wasRun(each)) || hasFailed(each);
  const isLeftOut = ({ cell, statements }: AnalysedCell) =>
    statements.every(({ id }) => leftOut.has(id)) && !cell.tags.includes(mayRaiseTag);
  const isOut = (each: AnalysedCell) => each.cell.tags.includes(notRunTag) || (isUndone(each) && isLeftOut(each));
  return new Set(cells.filter(isOut).map(({ cell }) => cell.index));
}

function hasFailed({ cell }: AnalysedCell): boolean {
  return cell.outputs.some(({ output_type }) => output_type === "error");
}

interface Taking {
  readonly stageOf: ReadonlyMap<string, string>;
  readonly lastOf: ReadonlyMap<string, Statement>;
  readonly steps: CaptureScript["steps"];
  readonly leftOut: ReadonlySet<string>;
}

function cellScript(
  index: number,
  cell: AnalysedCell | undefined,
  statements: readonly Statement[],
  { stageOf, lastOf, steps, leftOut }: Taking,
): CellScript {
  const inMagic = isCellMagic(cell?.translation.source ?? "");
  const before: CaptureAction[] = [];
  const marks: CaptureMark[] = [];
  let due: CaptureAction[] = [];
  let stage: string | undefined;
  const onLine = new Map<number, number>();
  const units = unitsOf(cell, statements);
  const stages = units.map(
    (unit) => unit.map(({ id }) => stageOf.get(id)).find((each) => each !== undefined) ?? noStage,
  );
  const drawn = units.findLastIndex((unit, at) => stages[at] !== noStage && unit.some(draws));
  for (const [at, unit] of units.entries()) {
    const own = stages[at] as string;
    const { line } = unit[0].range.start;
    const nth = onLine.get(line) ?? 0;
    onLine.set(line, nth + 1);
    if (own !== stage) {
      due.push(["enter", own]);
      const drawing = stages[drawn];
      if (at > drawn && drawing !== undefined && drawing !== own) due.push(["figures", drawing]);
    }
    stage = own;
    if (due.length > 0 && at === 0) before.push(...due);
    else if (due.length > 0) marks.push({ line: inMagic ? line - 1 : line, nth, actions: due });
    const last = unit.at(-1) as Statement;
    due = steps.has(last.id) ? [["take", last.id]] : [];
    for (const statement of unit) {
      const ends = stageOf.get(statement.id);
      if (ends !== undefined && lastOf.get(ends) === statement) due.push(["leave", ends]);
    }
  }
  const whole = cell?.cell.source ?? "";
  const reached = cell && reachedSource(cell, leftOut);
  const source = { source: reached ?? whole, isCut: reached !== undefined };
  return { cell: index, ...source, before, marks, after: due, visitsBefore: inMagic ? 1 : 0 };
}

/** Whether a statement draws a figure, or shows it: at the end of its cell the notebook shows what is open. */
function draws({ calls, consults }: Statement): boolean {
  return (
    consults.has(figureSettings) || calls.some((call) => callDraws(call) || call.callee === "matplotlib.pyplot.show")
  );
}

/** What ran of a cell that failed in the author's session, where the plan has that part of it. */
function reachedSource(cell: AnalysedCell, leftOut: ReadonlySet<string>): string | undefined {
  const { source, tags } = cell.cell;
  const from = cell.statements.findLastIndex(({ id }) => !leftOut.has(id)) + 1;
  const first = cell.statements[from]?.range.start;
  if (!hasFailed(cell) || tags.includes(mayRaiseTag) || from === 0 || first === undefined) return undefined;
  const lines = source.split("\n").slice(0, first.line);
  // What would be the cell's last expression was not shown in the middle of it.
  return [...lines.slice(0, -1), `${lines.at(-1)?.slice(0, first.column - 1)}pass`].join("\n");
}

/** Statements that run as one: those of a file that the cell runs. */
function unitsOf(cell: AnalysedCell | undefined, statements: readonly Statement[]): [Statement, ...Statement[]][] {
  const units: [Statement, ...Statement[]][] = [];
  let open: Inclusion | undefined;
  for (const statement of statements) {
    const inclusion = cell && inclusionAt(cell.translation, statement.node.start);
    if (inclusion !== undefined && inclusion === open) units.at(-1)?.push(statement);
    else units.push([statement]);
    open = inclusion;
  }
  return units;
}

function isCellMagic(source: string): boolean {
  return /^\s*%%/.test(source);
}

/**
 * A report is given values as they were where its statements stood. What another stage has changed since cannot be taken
 * when the report ends; the stage that made it is held against the notebook anyway.
 */
function namesOf(stage: PipelinePlan["stages"][number], dataflow: CapturedDataflow): readonly CapturedName[] {
  const own = new Set<string>(stage.statements);
  /** What the stage is given and what it binds. Other names may hold what it changes, unseen by it. */
  const bound = new Set(stage.inputs.map(({ name }) => name));
  const cells = new Map<string, number>();
  const used = new Set<string>();
  const overtaken = new Set<string>();
  const last = dataflow.statements.findLastIndex(({ id }) => own.has(id));
  for (const statement of dataflow.statements.slice(0, last + 1)) {
    const isOwn = own.has(statement.id);
    for (const { kind, place } of statement.accesses) {
      const isProduced = kind === "bind" || kind === "change" || kind === "delete";
      if (isOwn && kind === "bind") bound.add(place.name);
      if (isOwn && isProduced && !bound.has(place.name)) continue;
      if (isOwn && isProduced) {
        cells.set(place.name, statement.cell);
        overtaken.delete(place.name);
      } else if (isProduced && (cells.has(place.name) || used.has(place.name))) overtaken.add(place.name);
      if (isOwn) used.add(place.name);
    }
  }
  const lastCell = dataflow.statements[last]?.cell ?? -1;
  const outputs = new Set(stage.outputs);
  for (const name of outputs) if (!cells.has(name)) cells.set(name, lastCell);
  const names: CapturedName[] = [...cells].map(([name, cell]) => ({
    name,
    cell,
    kind: outputs.has(name) ? "output" : "variable",
  }));
  for (const { name } of stage.inputs) if (!cells.has(name)) names.push({ name, cell: lastCell, kind: "input" });
  return names.filter(({ name, kind }) => kind === "output" || !overtaken.has(name));
}
