import { cellOf } from "../dataflow/statement-id.ts";
import type { PipelinePlan, Stage } from "./plan.ts";

/** The last cell of the file that a stage has a statement of; 0 for a stage without one. */
export function lastCellOf({ stages }: PipelinePlan, name: string): number {
  const own = stages.find((stage) => stage.name === name)?.statements ?? [];
  return Math.max(0, ...own.map(cellOf));
}

/** The stage that has the last word on what a cell does. */
export function stageOfCell({ stages }: PipelinePlan, cell: number): Stage | undefined {
  return stages.findLast(({ statements }) => statements.some((id) => cellOf(id) === cell));
}
