import { join } from "node:path";
import type { PlanOptions } from "../../../core/src/plan/options.ts";

/** A notebook of the benchmark, on disk, in a folder with its data. */
export interface Subject {
  readonly name: string;
  /** What it is counted with: `samples`, `written`, `dense`. */
  readonly group: string;
  /** The notebook's folder; runs get copies of it. */
  readonly folder: string;
  /** The file's name in it. */
  readonly file: string;
  /** Where to cut, where that is not left to the plan. */
  readonly stages?: NonNullable<PlanOptions["stages"]>;
}

export function notebookPath({ folder, file }: Subject): string {
  return join(folder, file);
}
