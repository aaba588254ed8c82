import { cellOf } from "../../dataflow/statement-id.ts";
import type { StatementPair } from "../../plan/options.ts";
import type { PipelinePlan, Stage } from "../../plan/plan.ts";
import { stageOfCell } from "../../plan/stage-cells.ts";
import type { VerifyRequest } from "../verify-request.ts";
import type { ObservedCell } from "./observed-cells.ts";

/** Something that the notebook's run showed, that the analysis did not see, and that the plan is wrong about. */
export interface Gap {
  readonly kind: "change" | "alias" | "file";
  readonly cell: number;
  /** What was seen, and what the plan takes for granted instead. */
  readonly message: string;
  /** Statements that have to be in one stage. */
  readonly together?: StatementPair;
}

type Known = Pick<VerifyRequest, "plan" | "dataflow">;

/** Holds what a run showed against what the plan rests on. `folder` is where the run's relative paths start from. */
export function gapsOf(known: Known, observed: readonly ObservedCell[], folder: string): readonly Gap[] {
  return [...changeGaps(known, observed), ...aliasGaps(known, observed), ...fileGaps(known, observed, folder)];
}

/** A name changed in a stage that does not hand it on, between the stage that made it and one that is given it. */
function changeGaps({ plan, dataflow }: Known, observed: readonly ObservedCell[]): readonly Gap[] {
  return observed.flatMap(({ cell, changed }) =>
    changed.flatMap((name) => {
      const own = dataflow.statements.filter((statement) => statement.cell === cell);
      const isSeen = own.some(({ accesses }) =>
        accesses.some(({ kind, place }) => kind !== "read" && place.name === name),
      );
      if (isSeen) return [];
      for (const [at, stage] of plan.stages.entries()) {
        const from = indexOf(plan, stage.inputs.find((input) => input.name === name)?.from);
        const changing = plan.stages.findIndex(
          (each, place) => place > from && place < at && each.statements.some((id) => cellOf(id) === cell),
        );
        // A report is given what it looked at, where it stood.
        if (from === -1 || changing === -1 || !isAfter(plan, cell, stage)) continue;
        const other = plan.stages[changing] as Stage;
        const message = `cell ${cell} changes ${name}, which no statement of it names; ${stage.name} would be given it as it was before ${other.name}`;
        return [{ kind: "change", cell, message, ...pair(other, stage) } as const];
      }
      return [];
    }),
  );
}

/** Two names of one object go to a stage in two files, and the stage changes one of them. */
function aliasGaps({ plan, dataflow }: Known, observed: readonly ObservedCell[]): readonly Gap[] {
  const together = (one: string, other: string, from: string) =>
    plan.artifacts.some(
      (artifact) => artifact.from === from && artifact.names.includes(one) && artifact.names.includes(other),
    );
  const statements = new Map(dataflow.statements.map((statement) => [statement.id, statement]));
  return plan.stages.flatMap((stage) => {
    const giver = (name: string) => stage.inputs.find((input) => input.name === name)?.from;
    const changes = new Set(
      stage.statements.flatMap((id) =>
        (statements.get(id)?.accesses ?? []).flatMap(({ kind, place }) => (kind === "change" ? [place.name] : [])),
      ),
    );
    const last = observed.findLast(({ cell, complete }) => complete && isBefore(plan, cell, stage));
    const found = (last?.shared ?? []).find(([name, holder]) => {
      const from = giver(name);
      const parted = from !== undefined && giver(holder) !== undefined && !together(name, holder, from);
      return parted && (changes.has(name) || changes.has(holder));
    });
    if (found === undefined || last === undefined) return [];
    const [name, holder] = found;
    const from = plan.stages[Math.min(indexOf(plan, giver(name)), indexOf(plan, giver(holder)))] as Stage;
    const message = `${name} is one object with what ${holder} is or holds; ${stage.name} would be given two, and changes one of them`;
    return [{ kind: "alias", cell: last.cell, message, ...pair(from, stage) } as const];
  });
}

/** A stage reads a file that another one writes, and the plan does not know that it comes after it. */
function fileGaps({ plan, dataflow }: Known, observed: readonly ObservedCell[], folder: string): readonly Gap[] {
  const writers = new Map<string, number>();
  const known = new Set(dataflow.files.flatMap(({ path }) => path ?? []));
  const gaps: Gap[] = [];
  for (const { cell, opened } of observed) {
    for (const [path, use] of opened) {
      const writer = writers.get(path);
      if (use === "write") writers.set(path, cell);
      if (use === "write" || writer === undefined || !path.startsWith(`${folder}/`)) continue;
      const shown = path.slice(folder.length + 1);
      const [from, to] = [stageOfCell(plan, writer), stageOfCell(plan, cell)];
      if (from === undefined || to === undefined || from === to || known.has(shown)) continue;
      if (to.after?.includes(from.name) || to.inputs.some((input) => input.from === from.name)) continue;
      if (gaps.some((gap) => gap.cell === cell && gap.message.startsWith(shown))) continue;
      const message = `${shown} is written by cell ${writer} (${from.name}) and read by cell ${cell} (${to.name}), under a name that the analysis does not know`;
      gaps.push({ kind: "file", cell, message });
    }
  }
  return gaps;
}

function indexOf({ stages }: PipelinePlan, stage: string | undefined): number {
  return stages.findIndex(({ name }) => name === stage);
}

/** Whether a cell stands, in the plan's order, before all of a stage's. */
function isBefore({ order }: PipelinePlan, cell: number, { statements }: Stage): boolean {
  const first = Math.min(...statements.map((id) => order.cells.indexOf(cellOf(id))));
  return order.cells.indexOf(cell) < first;
}

/** Whether a stage has a statement that stands, in the plan's order, after a cell. */
function isAfter({ order }: PipelinePlan, cell: number, { statements }: Stage): boolean {
  return statements.some((id) => order.cells.indexOf(cellOf(id)) > order.cells.indexOf(cell));
}

function pair(from: Stage, to: Stage): { readonly together?: StatementPair } {
  const [one, other] = [from.statements.at(-1), to.statements[0]];
  return one === undefined || other === undefined ? {} : { together: [one, other] };
}
