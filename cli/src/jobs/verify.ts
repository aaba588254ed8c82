import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Analysis, dataflowOf, type PipelinePlan, ProblemError } from "@reprise/core";
import {
  cannotRunHere,
  keepProof,
  loadTemplates,
  notRun,
  type ObservedProject,
  observeProject,
  proofOn,
  readPictures,
  renderVerification,
  type Verification,
  verifyProject,
  writeProject,
} from "@reprise/core/node";
import type { Answer, Call } from "../execute.ts";
import { shownPath } from "../input.ts";
import { writeOutput } from "../output.ts";
import { color } from "../terminal/color.ts";
import { problemText } from "../terminal/problem-text.ts";
import { proofExit, verificationText } from "../terminal/verification-text.ts";
import { analyseFile } from "./analysis.ts";
import { convertAnalysed } from "./convert/convert-analysed.ts";
import { diagnosis } from "./convert/convert-answer.ts";
import { openEngine } from "./engine.ts";
import { type ChosenEnvironment, chooseEnvironment, chooseLock, makeLocked, readLock } from "./environment.ts";
import { lockIn, pythonIn, readProjectPlan } from "./run/run-project.ts";

export interface VerifyOptions {
  readonly json?: boolean;
  readonly rtol: number;
  readonly atol: number;
  readonly environment: string;
  readonly engine: "local" | "docker";
  readonly seed?: number;
  readonly runs: number;
  readonly report?: string;
  /** In seconds, for each cell and for each stage. */
  readonly executionTimeout?: number;
  readonly stageTimeout?: number;
  /** Runs nothing: is the project's last proof one of the code that it has now? */
  readonly check?: boolean;
}

/** Proves a project against its notebook, and keeps in the project what was found. Throws ProblemError where nothing can be run. */
export async function verifyNotebook(
  path: string,
  folder: string | undefined,
  options: VerifyOptions,
  call: Call,
): Promise<Answer> {
  if (options.check === true) return checkProof(folder);
  const analysis = await analyseFile(path, call);
  const work = await mkdtemp(join(tmpdir(), "reprise-verify-"));
  const paths = { path, folder, work };
  try {
    return await verifyAnalysed(analysis, paths, options, call);
  } catch (error) {
    if (!cannotRunHere(error)) throw error;
    const plan = folder === undefined ? undefined : readProjectPlan(resolve(folder));
    const verification = notRun(analysis.notebook, error, { ...options, plan });
    if (plan !== undefined) await writeReport(verification, plan, paths, options);
    return notRunAnswer(verification, error);
  } finally {
    // What the notebook has locked against its own user stays; the answer is the same.
    await rm(work, { recursive: true, force: true }).catch(() => {});
  }
}

interface VerifiedPaths {
  readonly path: string;
  /** Of the project; where it is absent, one is made. */
  readonly folder: string | undefined;
  readonly work: string;
}

async function verifyAnalysed(
  analysis: Analysis,
  paths: VerifiedPaths,
  options: VerifyOptions,
  call: Call,
): Promise<Answer> {
  const { folder, work } = paths;
  const target = folder === undefined ? await convertInto(join(work, "project"), analysis, call) : undefined;
  if (target !== undefined && "exit" in target) return target;
  const project = folder === undefined ? join(work, "project") : resolve(folder);
  const plan = readProjectPlan(project);
  const environment = await environmentFor(project, analysis, options, call);
  const { verification, observed } = await prove(
    { analysis, plan, project, environment, work: join(work, "captures") },
    options,
    call,
  );
  if (folder !== undefined) await keepProof(project, plan, verification, observed, loadTemplates());
  await writeReport(verification, plan, paths, options, observed?.versions);
  return answerOf(verification, options.report);
}

async function writeReport(
  verification: Verification,
  plan: PipelinePlan,
  { path, folder, work }: VerifiedPaths,
  { report }: VerifyOptions,
  versions?: Readonly<Record<string, string>>,
): Promise<void> {
  if (report === undefined) return;
  const pictures = await readPictures(join(work, "captures"), verification);
  const named = {
    notebook: shownPath(path),
    ...(folder === undefined ? {} : { project: shownPath(resolve(folder)) }),
    ...(versions === undefined ? {} : { versions }),
  };
  await writeOutput(report, renderVerification(verification, { plan, templates: loadTemplates(), pictures, ...named }));
}

/** What is needed here is missing: said with what could not be compared, and kept nowhere. */
function notRunAnswer(verification: Verification, { exitCode, problem }: ProblemError): Answer {
  return {
    exit: exitCode,
    json: { ...verification, error: problem } as Verification,
    text: () => `${verificationText(verification)}\n${problemText(problem)}`,
  };
}

export interface ProofSubject {
  readonly analysis: Analysis;
  readonly plan: PipelinePlan;
  /** The project's folder. */
  readonly project: string;
  readonly environment: Partial<ChosenEnvironment>;
  /** An empty folder for what is captured. */
  readonly work: string;
}

export type ProofOptions = Pick<
  VerifyOptions,
  "rtol" | "atol" | "runs" | "seed" | "engine" | "executionTimeout" | "stageTimeout"
> & {
  /** Looks for what the plan is wrong about before anything differs. */
  readonly observes?: boolean;
};

/** A proof, and where it holds what the project's values are. */
export interface Proof {
  readonly verification: Verification;
  readonly observed?: ObservedProject;
}

/** Runs both, and compares. */
export async function prove(subject: ProofSubject, options: ProofOptions, call: Call): Promise<Proof> {
  const { analysis, plan, project, environment, work } = subject;
  // A container is given folders that are there.
  await mkdir(work, { recursive: true });
  const engine = await openEngine(options, environment, [work, project], call);
  try {
    const verification = await verifyProject({
      notebook: analysis.notebook,
      plan,
      analysis,
      dataflow: dataflowOf(plan, analysis),
      projectFolder: project,
      engine,
      rtol: options.rtol,
      atol: options.atol,
      runs: options.runs,
      workFolder: work,
      signal: call.signal,
      onProgress: call.onProgress,
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.observes === undefined ? {} : { observes: options.observes }),
      ...(options.executionTimeout === undefined ? {} : { cellTimeoutSeconds: options.executionTimeout }),
      ...(options.stageTimeout === undefined ? {} : { stageTimeoutSeconds: options.stageTimeout }),
    });
    if (proofExit(verification) !== 0) return { verification };
    const request = { plan, projectFolder: project, engine, workFolder: work, signal: call.signal };
    return { verification, observed: await observeProject(request, verification) };
  } finally {
    await engine.close();
  }
}

/** Whether the project's last proof holds and is one of its code as it is. Throws ProblemError RP141, RP161. */
async function checkProof(folder: string | undefined): Promise<Answer> {
  if (folder === undefined) {
    throw new ProblemError({
      id: "RP141",
      message: "--check is about a project, and none is named",
      mend: "Name its folder: reprise verify NOTEBOOK DIR --check",
    });
  }
  readProjectPlan(resolve(folder));
  const proof = await proofOn(resolve(folder));
  const outcome = proof === undefined ? "not-proven" : proof.isStale ? "stale" : proof.record.outcome;
  const holds = outcome === "identical" || outcome === "equivalent";
  const said: Readonly<Record<string, string>> = {
    "not-proven": "it was never proven",
    stale: `its code, parameters or lock are not those that were proven on ${proof?.record.date}`,
  };
  return {
    exit: holds ? 0 : 1,
    json: { outcome, ...(proof === undefined ? {} : { proof: proof.record }) },
    text: () => `${color.bold(outcome)}: ${said[outcome] ?? `as proven on ${proof?.record.date}`}`,
  };
}

async function convertInto(folder: string, analysis: Analysis, call: Call): Promise<Answer | undefined> {
  const converted = await convertAnalysed(analysis, {}, call);
  if (converted.outcome === "diagnosed") return diagnosis(converted.analysis, converted.reasons);
  await writeProject(converted.project, folder);
  return undefined;
}

async function environmentFor(
  project: string,
  analysis: Analysis,
  options: VerifyOptions,
  call: Call,
): Promise<Partial<ChosenEnvironment>> {
  const { environment: which, engine } = options;
  if (which === "auto") {
    const locked = await readLock(lockIn(project), pythonIn(project), call);
    return engine === "docker" ? { locked } : makeLocked(locked, call, "the project's own lock");
  }
  if (engine === "docker") return { locked: await chooseLock(analysis, { which }, call) };
  return chooseEnvironment(analysis, { which }, call);
}

function answerOf(verification: Verification, report: string | undefined): Answer {
  return {
    exit: proofExit(verification),
    json: { ...verification, ...(report === undefined ? {} : { report: shownPath(report) }) },
    text: () =>
      [
        verificationText(verification),
        ...(report === undefined ? [] : [`\nWrote ${color.bold(shownPath(report))}`]),
      ].join("\n"),
  };
}
