import { resolve } from "node:path";
import type { SecretMask } from "../../secret/secret-mask.ts";
import type { OpenedFile } from "../record/opened-files.ts";
import type { ProgramsUsage } from "../record/programs-usage.ts";
import type { ProjectRunRequest, RunListener } from "../request.ts";
import { late, outcomeOf, placed, type StageOutcome } from "./stage-outcome.ts";
import { watchedPackage } from "./watched-package.ts";

/** What became of the stages of a project. */
export interface StagesRun {
  /** Of the one that ended the run, or of the last. */
  readonly outcome: StageOutcome;
  /** What they opened, of whatever kind, as paths of the engine. */
  readonly opened: readonly OpenedFile[];
  /** What they wrote, without secrets. */
  readonly log: string;
}

/** What goes on around the stages. */
export interface StageSurroundings {
  /** For their processes. */
  readonly variables: Readonly<Record<string, string>>;
  /** Behind the stage's name, on the project's own command line. */
  readonly options: readonly string[];
  readonly mask: SecretMask;
  readonly listener: RunListener;
  /** Follows each process while it runs. */
  readonly usage: ProgramsUsage;
}

/** Runs the stages one after the other, each in a process of its own, up to the first that does not succeed. */
export async function runStages(
  { engine, folder, package: name, secrets, signal, stages = ["run"], timeoutMilliseconds, work }: ProjectRunRequest,
  { listener, mask, options, usage, variables }: StageSurroundings,
): Promise<StagesRun> {
  const end = performance.now() + (timeoutMilliseconds ?? Number.POSITIVE_INFINITY);
  const watched = await watchedPackage(engine, work);
  const opened: OpenedFile[] = [];
  const written: string[] = [];
  let outcome: StageOutcome = { status: "succeeded" };
  for (const stage of stages) {
    const streams = { stdout: mask.stream(), stderr: mask.stream() };
    const tell = (stream: "stdout" | "stderr", text: string): void => {
      if (text === "") return;
      written.push(text);
      listener({ kind: "output", stream, text });
    };
    const result = await engine
      .run({
        command: [...watched.command, name, stage, "--work", engine.pathInside(resolve(work)), ...options],
        directory: folder,
        environment: variables,
        ...(signal && { signal }),
        ...(timeoutMilliseconds !== undefined && { timeoutMilliseconds: end - performance.now() }),
        ...(mask.isActive && secrets && { secrets }),
        onOutput: (stream, text) => tell(stream, streams[stream].push(text)),
        onStarted: (ask) => usage.follow(ask),
      })
      .catch((error: unknown) => {
        if (signal?.aborted) return undefined;
        throw error;
      });
    for (const stream of ["stdout", "stderr"] as const) tell(stream, streams[stream].flush());
    const isLate = performance.now() >= end && result?.code !== 0;
    outcome = isLate ? late(stage) : await placed(outcomeOf(stage, result), folder, name);
    opened.push(...(await watched.opened()));
    if (outcome.status !== "succeeded") break;
  }
  return { outcome, opened, log: written.join("") };
}
