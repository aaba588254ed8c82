import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "../../../core/src/host/child-process.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import type { RunCell } from "./run-cells.ts";
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

/** What one of this folder's programs said on standard error, where it failed. */
async function runProgram(
  python: string,
  program: string,
  asked: string,
  directory: string,
  secrets: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  try {
    const { code, stderr } = await runProcess(python, [join(import.meta.dirname, program), asked], {
      directory,
      environment: { ...process.env, ...secrets },
      signal: AbortSignal.timeout(limitMilliseconds),
    });
    return code === 0 ? undefined : stderr.slice(-300);
  } catch (error) {
    return (error as Error).message;
  }
}

/** The side that a program left in a folder; nothing where it did not come to that. */
function sideIn(folder: string): Side | undefined {
  const file = join(folder, "told.json");
  if (!existsSync(file)) return undefined;
  const { error } = JSON.parse(readFileSync(file, "utf8")) as { error: string | null };
  return { folder, ...(error === null ? {} : { error }) };
}

/** A fresh copy of what stands beside the notebook. */
export function freshFiles(subject: Subject, folder: string): string {
  mkdirSync(folder, { recursive: true });
  cpSync(subject.folder, folder, { recursive: true });
  return folder;
}

/** Runs the cells, in a plain shell and a fresh copy of the notebook's folder where no other is given. */
export async function runCells(
  python: string,
  subject: Subject,
  cells: readonly RunCell[],
  folder: string,
  directory = freshFiles(subject, join(folder, "files")),
): Promise<Side> {
  mkdirSync(folder, { recursive: true });
  const asked = join(folder, "request.json");
  writeFileSync(asked, JSON.stringify({ cells, folder }));
  const failure = await runProgram(python, "run_cells.py", asked, directory);
  const side = sideIn(folder);
  if (side === undefined || failure !== undefined) return { folder, error: failure ?? "it left nothing" };
  return side;
}

export interface StagesRun {
  readonly folder: string;
  /** What the notebook has in its code and the project asks of its environment. */
  readonly secrets: Readonly<Record<string, string>>;
  /** More arguments of the project's command line. */
  readonly arguments?: readonly string[];
}

/** Runs the stages of a project, each in a process of its own, one after the other; the last one may have failed. */
export async function runStages(
  python: string,
  subject: Subject,
  plan: Pick<PipelinePlan, "package" | "stages">,
  projectFolder: string,
  { folder, secrets, arguments: more = [] }: StagesRun,
): Promise<readonly Side[]> {
  const directory = freshFiles(subject, join(folder, "files"));
  mkdirSync(join(folder, "ran"), { recursive: true });
  const stages = plan.stages.map(({ name }) => name);
  const request = {
    package: plan.package,
    stages,
    work: join(folder, "work"),
    arguments: more,
    source: join(projectFolder, "src"),
    folder: join(folder, "ran"),
  };
  const asked = join(folder, "request.json");
  writeFileSync(asked, JSON.stringify(request));
  await runProgram(python, "run_stages.py", asked, directory, secrets);
  return stages.map((name) => sideIn(join(folder, "ran", name))).filter((side) => side !== undefined);
}

/** The file of a project's metrics, in the folder that its stages were run in. */
export function metricsFile(folder: string): string {
  return join(folder, "work", "metrics.json");
}

export interface ComparedSides {
  /** Several runs: what they do not agree on is not compared. */
  readonly notebook: readonly Side[];
  readonly others: readonly Side[];
  /** The others again, with other seeds: what one of them shares with the notebook is a matter of chance. */
  readonly otherSeeds?: readonly (readonly Side[])[];
  /** By name the last part of its side's folder; where nothing is said, the last of the others that has the name. */
  readonly speakers?: ReadonlyMap<string, string>;
  /** Files of what the others show as metrics instead: theirs, then those of each of `otherSeeds`. */
  readonly metrics?: readonly string[];
}

/** Holds sides against one another, by a comparison that shares nothing with the proof. */
export async function compareAll(
  python: string,
  { notebook, others, otherSeeds = [], speakers, metrics = [] }: ComparedSides,
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
      otherSeeds: otherSeeds.map(folders),
      speakers: speakers === undefined ? null : Object.fromEntries(speakers),
      metrics,
      rtol: 1e-9,
    }),
  );
  const { code, stderr } = await runProcess(python, [join(import.meta.dirname, "compare.py"), asked, answer]);
  if (code !== 0) throw new Error(`comparing failed: ${stderr}`);
  return JSON.parse(readFileSync(answer, "utf8")) as Compared;
}
