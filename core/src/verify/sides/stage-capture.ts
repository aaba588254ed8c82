import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Engine } from "../../engine/engine.ts";
import { pathList } from "../../engine/path-list.ts";
import type { Stage } from "../../plan/plan.ts";
import { errorLine } from "../../run/cells/error-line.ts";
import { agentFailure, isDiskFull } from "./agent-failure.ts";

/** What one stage of the project did, in a process of its own. */
export interface StageCapture {
  /** Holds `values`, `saved`, `displays`, `figures`. */
  readonly folder: string;
  /** What its function printed. */
  readonly printed: string;
  /** Values that it did not save, or that do not come back from what it saved: name, and what is wrong. */
  readonly problems: readonly (readonly [name: string, message: string])[];
  /** Why the stage did not come to its end. */
  readonly failure?: StageFailure;
}

export interface StageFailure {
  readonly message: string;
  /** The end of what it wrote to standard error. */
  readonly traceback: readonly string[];
}

/** A statement of the notebook, the lines that it has in the stage's file, and what to take after it. */
export interface StageStep {
  readonly key: string;
  readonly first: number;
  readonly last: number;
  readonly names: readonly string[];
}

export interface StageCaptureOptions {
  readonly engine: Engine;
  readonly agent: string;
  readonly package: string;
  readonly projectFolder: string;
  /** The process's working directory: where the notebook's relative paths start from. */
  readonly directory: string;
  /** The project's folder for values between stages. */
  readonly work: string;
  /** Where what was taken goes; one folder for each stage below it. */
  readonly folder: string;
  readonly seed: number;
  /** Statements of the stage's function after which values are taken too. */
  readonly steps?: readonly StageStep[];
  /** What the notebook has in its code and the project asks of its environment. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** More arguments of the project's command line. */
  readonly arguments: readonly string[];
  /** No limit where absent. */
  readonly timeoutSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `python -m PACKAGE STAGE` in a fresh process, with the agent looking on. What the stage does wrong is in the answer. */
export async function captureStage(stage: Stage, options: StageCaptureOptions): Promise<StageCapture> {
  const { engine, signal } = options;
  const inside = (path: string): string => engine.pathInside(resolve(path));
  const folder = join(options.folder, stage.name);
  await mkdir(folder, { recursive: true });
  await mkdir(options.work, { recursive: true });
  const request = join(folder, "request.json");
  await writeFile(
    request,
    JSON.stringify({
      stage: stage.name,
      package: options.package,
      outputs: stage.outputs,
      folder: inside(folder),
      work: inside(options.work),
      arguments: options.arguments,
      steps: options.steps ?? [],
    }),
  );
  const result = await engine.run({
    command: ["python", "-m", "reprise_capture.stage_session", inside(request)],
    directory: options.directory,
    environment: {
      ...options.secrets,
      PYTHONPATH: pathList(engine, [inside(join(options.projectFolder, "src")), inside(options.agent)]),
      PYTHONHASHSEED: String(options.seed),
      MPLBACKEND: "Agg",
      // The run's own copy of the notebook's folder, not the one that the project was made beside.
      [`${options.package.toUpperCase()}_DATA_DIR`]: inside(options.directory),
    },
    ...(signal && { signal }),
    ...(options.timeoutSeconds !== undefined && { timeoutMilliseconds: options.timeoutSeconds * 1000 }),
  });
  signal?.throwIfAborted();
  const told = await readFile(join(folder, "stage.json"), "utf8").catch(() => undefined);
  if (result.code !== 0 || told === undefined) {
    const traceback = result.stderr.trim().split("\n");
    if (isDiskFull(result.stderr) && /reprise_capture/.test(result.stderr)) {
      throw agentFailure(`Capturing stage ${stage.name}`, result.stderr, folder);
    }
    const limit = options.timeoutSeconds ?? Number.POSITIVE_INFINITY;
    const message = result.outOfMemory
      ? "it went over its memory limit"
      : result.seconds >= limit
        ? `it did not end within ${Math.round(limit)} s`
        : result.signal
          ? `it was ended by ${result.signal}`
          : errorLine(traceback) || `exit code ${result.code}`;
    return { folder, printed: "", problems: [], failure: { message, traceback: traceback.slice(-40) } };
  }
  const { returned, printed, problems } = JSON.parse(told) as {
    returned: boolean;
    printed: string;
    problems: [string, string][];
  };
  if (!returned) {
    const message = `python -m ${options.package} ${stage.name} never called a function ${stage.name} of its own module`;
    return { folder, printed, problems, failure: { message, traceback: [] } };
  }
  return { folder, printed, problems };
}
