import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type PipelinePlan, ProblemError } from "@reprise/core";
import { foldersBeyond, type ProjectRunRequest, runProject } from "@reprise/core/node";
import type { Answer, Call } from "../../execute.ts";
import { shownPath } from "../../input.ts";
import { recordedCommand } from "../../recorded-command.ts";
import { openEngine } from "../engine.ts";
import { makeLocked, readLock } from "../environment.ts";
import { readParameters } from "../parameters.ts";
import { projectValues } from "../project-parameters.ts";
import { listener, runAnswer } from "./run-answer.ts";
import type { RunOptions } from "./run-options.ts";
import { runSettings } from "./run-settings.ts";
import { openSink } from "./sink.ts";

/** Runs a generated project as its users do. Throws ProblemError RP161 for a folder that is none. */
export async function runProjectFolder(
  path: string,
  output: string | undefined,
  options: RunOptions,
  call: Call,
): Promise<Answer> {
  const folder = resolve(path);
  const plan = readProjectPlan(folder);
  checkMeaning(path, output, options);
  const parameters = await projectValues(plan, await readParameters(options, call), path);
  const data = readProjectData(folder);
  const locked = await readLock(lockIn(folder), pythonIn(folder), call);
  const environment =
    options.engine === "docker" ? { locked } : await makeLocked(locked, call, "the project's own lock");
  const dataDirectory = resolve(options.cwd ?? ".");
  const values = [...plan.parameters.map((parameter) => parameter.default), ...parameters.values()];
  const folders = [folder, dataDirectory, ...foldersBeyond(values, dataDirectory)];
  const engine = await openEngine(options, environment, folders, call);
  const request = {
    engine,
    folder,
    package: plan.package,
    parameters: Object.fromEntries(parameters),
    work: join(folder, "work"),
    dataDirectory,
    data: data.map((each) => ({ path: resolve(dataDirectory, each), use: "read" as const })),
    command: recordedCommand(),
    signal: call.signal,
    ...runSettings({ ...options, experiment: options.experiment ?? basename(folder) }),
    ...(environment.locked === undefined ? {} : { environment: environment.locked }),
    ...(options.timeout === undefined ? {} : { timeoutMilliseconds: options.timeout * 1000 }),
  };
  try {
    return await runKept(request, options, call);
  } finally {
    await engine.close();
  }
}

async function runKept(request: ProjectRunRequest, options: RunOptions, call: Call): Promise<Answer> {
  const sink = options.save ? await openSink(options, call) : undefined;
  try {
    const shown = listener(call, options.logOutput === true);
    const record = await runProject({ ...request, ...(sink === undefined ? {} : { sink }) }, shown);
    return runAnswer(record, sink?.folderOf(record.id));
  } finally {
    await sink?.close();
  }
}

/** The plan that a project was made from. Throws ProblemError RP161. */
export function readProjectPlan(folder: string): PipelinePlan {
  try {
    return JSON.parse(readFileSync(join(folder, "reprise.json"), "utf8")).plan;
  } catch (error) {
    throw new ProblemError(
      {
        id: "RP161",
        message: `${shownPath(folder)} is not a project of Reprise: its reprise.json cannot be read`,
        place: { file: shownPath(folder) },
        mend: "Name the folder that `reprise convert NOTEBOOK -o DIR` made.",
        cause: error instanceof Error ? error.message : String(error),
      },
      { cause: error },
    );
  }
}

/** The files that the project's notebook read, as it named them. */
function readProjectData(folder: string): readonly string[] {
  const { data = [] }: { readonly data?: readonly { readonly path: string }[] } = JSON.parse(
    readFileSync(join(folder, "reprise.json"), "utf8"),
  );
  return data.map(({ path }) => path);
}

/** The project's lock. Throws ProblemError RP307 where it was converted without one. */
export function lockIn(folder: string): string {
  const lock = join(folder, "pylock.toml");
  if (existsSync(lock)) return lock;
  throw new ProblemError({
    id: "RP307",
    message: `${shownPath(folder)} has no lock: it was converted with --no-lock`,
    place: { file: shownPath(lock) },
    mend: "Convert it again without --no-lock.",
  });
}

/** The Python that a project was locked for. */
export function pythonIn(folder: string): string | undefined {
  const file = join(folder, ".python-version");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** Throws ProblemError RP141 for what has a meaning for notebooks only: it would be ignored in silence. */
function checkMeaning(path: string, output: string | undefined, options: RunOptions): void {
  const given: readonly (readonly [name: string, isGiven: boolean])[] = [
    ["an output notebook", output !== undefined],
    ["--kernel", options.kernel !== undefined],
    ["--html", options.html !== undefined],
    ["--cache", options.cache === true],
    ["--environment", options.environment !== "auto"],
    ["--as-of", options.asOf !== undefined],
    ["--prepare-only", options.prepareOnly === true],
    ["--from", options.from !== undefined],
    ["--to", options.to !== undefined],
    ["--only", options.only !== undefined],
    ["--resume", options.resume === true],
    ["--allow-errors", options.allowErrors === true],
    ["--allow-error", options.allowError !== undefined],
    ["--force-errors", options.forceErrors === true],
    ["--execution-timeout", options.executionTimeout !== undefined],
    ["--on-timeout", options.onTimeout !== "fail"],
    ["--help-notebook", options.helpNotebook === true],
    ["--report-mode", options.reportMode === true],
    ["--stdout-file", options.stdoutFile !== undefined],
    ["--stderr-file", options.stderrFile !== undefined],
    ["--inject-paths", options.injectPaths === true],
    ["--inject-input-path", options.injectInputPath === true],
    ["--inject-output-path", options.injectOutputPath === true],
  ];
  const meant = given.find(([, isGiven]) => isGiven);
  if (meant === undefined) return;
  throw new ProblemError({
    id: "RP141",
    message: `${path} is a project, for which ${meant[0]} has no meaning`,
    mend:
      mends[meant[0]] ??
      "Leave it out: a project runs as a whole, in its own lock, and its results are in its folder work/.",
  });
}

/** Where a project has another way to what is asked for. */
const mends: Readonly<Record<string, string>> = {
  "--cache":
    "Leave it out. DVC runs only the stages of which something changed: convert the notebook with --target dvc, then `dvc repro`.",
};
