import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "../../../core/src/host/child-process.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import type { Subject } from "./subject.ts";

/** What a side left: a folder with its values, what it showed and what it printed, and how it failed. */
export interface Side {
  readonly folder: string;
  readonly error?: string;
}

/** What was found when two sides are held against one another. */
export interface Compared {
  readonly compared: readonly string[];
  readonly different: readonly string[];
  readonly unstable: readonly string[];
  readonly opaque: readonly string[];
  readonly absent: readonly string[];
  readonly printed: readonly string[];
  readonly shown: readonly string[];
}

const limitMilliseconds = 180_000;

/** Runs one of this folder's programs on a request, in a fresh copy of the notebook's folder. */
async function side(
  python: string,
  program: string,
  request: Readonly<Record<string, unknown>>,
  { folder, directory }: { readonly folder: string; readonly directory: string },
): Promise<Side> {
  mkdirSync(folder, { recursive: true });
  const asked = join(folder, "request.json");
  writeFileSync(asked, JSON.stringify({ ...request, folder }));
  try {
    const { code, stderr } = await runProcess(python, [join(import.meta.dirname, program), asked], {
      directory,
      signal: AbortSignal.timeout(limitMilliseconds),
    });
    const { error } = JSON.parse(readFileSync(join(folder, "told.json"), "utf8")) as { error: string | null };
    const failed = error ?? (code === 0 ? undefined : stderr.slice(-300));
    return { folder, ...(failed === undefined ? {} : { error: failed }) };
  } catch (error) {
    return { folder, error: (error as Error).message };
  }
}

/** A fresh copy of what stands beside the notebook. */
export function freshFiles(subject: Subject, folder: string): string {
  mkdirSync(folder, { recursive: true });
  cpSync(subject.folder, folder, { recursive: true });
  return folder;
}

/** A cell's source, and whether the value of its last expression counts as shown. */
export type RunCell = readonly [source: string, isShown: boolean];

/** Runs the cells, in a plain shell. */
export function runCells(python: string, subject: Subject, cells: readonly RunCell[], folder: string): Promise<Side> {
  const directory = freshFiles(subject, join(folder, "files"));
  return side(python, "run_cells.py", { cells }, { folder, directory });
}

/** Runs the stages of a project, each in a process of its own, one after the other; the last one may have failed. */
export async function runStages(
  python: string,
  subject: Subject,
  plan: Pick<PipelinePlan, "package" | "stages">,
  projectFolder: string,
  folder: string,
): Promise<readonly Side[]> {
  const directory = freshFiles(subject, join(folder, "files"));
  const request = { package: plan.package, work: join(folder, "work"), source: join(projectFolder, "src") };
  const sides: Side[] = [];
  for (const { name } of plan.stages) {
    const ran = await side(
      python,
      "run_stage.py",
      { ...request, stage: name },
      { folder: join(folder, name), directory },
    );
    sides.push(ran);
    if (ran.error !== undefined) break;
  }
  return sides;
}

export interface ComparedSides {
  readonly notebook: readonly [Side, Side];
  readonly others: readonly Side[];
  /** Of the others: those that may hold earlier versions of a value. */
  readonly reports?: readonly Side[];
  /** Names whose value changes after the last stage that has them, where nothing of the work needs it any more. */
  readonly overtaken?: readonly string[];
}

/** Holds sides against one another, by a comparison that shares nothing with the proof. */
export async function compareAll(
  python: string,
  { notebook, others, reports = [], overtaken = [] }: ComparedSides,
  folder: string,
): Promise<Compared> {
  mkdirSync(folder, { recursive: true });
  const [asked, answer] = [join(folder, "request.json"), join(folder, "answer.json")];
  const folders = (sides: readonly Side[]) => sides.map((each) => each.folder);
  writeFileSync(
    asked,
    JSON.stringify({
      notebook: folders(notebook),
      others: folders(others),
      reports: folders(reports),
      overtaken,
      rtol: 1e-9,
    }),
  );
  const { code, stderr } = await runProcess(python, [join(import.meta.dirname, "compare.py"), asked, answer]);
  if (code !== 0) throw new Error(`comparing failed: ${stderr}`);
  return JSON.parse(readFileSync(answer, "utf8")) as Compared;
}
