import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FinishedProcess, runProcess } from "../../host/child-process.ts";
import { pipConfiguration } from "./pip-configuration.ts";
import { type UvOptions, uvProgram } from "./uv.ts";
import { isUntrusted } from "./uv-failure.ts";
import { type PackageSources, packageSources, systemCertificates, uvEnvironment } from "./uv-settings.ts";

export interface UvCall extends UvOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Also ask the indexes that are folders of this machine. */
  readonly withLocalIndexes?: boolean;
  /** Shown as the newest line of this task while uv works. */
  readonly task?: string;
}

/** Where packages come from here: pip's configuration, in uv's words. */
export async function sourcesHere(): Promise<PackageSources> {
  return packageSources(await pipConfiguration(), process.env);
}

/** Set once uv's own authorities did not do: every call would fail once before it is answered. */
let trustsSystem = false;

/**
 * Runs uv in an empty folder, so that no project around it has a say, with pip's configuration handed on. An index whose
 * certificate uv does not trust is asked again with the system's authorities. Any exit code is an answer. Throws
 * ProblemError RP301 without uv.
 */
export async function runUv(args: readonly string[], call: UvCall = {}): Promise<FinishedProcess> {
  const [program, sources] = await Promise.all([uvProgram(undefined, call), sourcesHere()]);
  call.signal?.throwIfAborted();
  const environment = { ...uvEnvironment(sources, call.withLocalIndexes ?? false), ...call.environment };
  const system = systemCertificates(environment);
  if (!trustsSystem || system === undefined) {
    const answer = await runInEmptyFolder(program, args, environment, call);
    if (answer.code === 0 || system === undefined || !isUntrusted(answer.stderr)) return answer;
    trustsSystem = true;
  }
  return runInEmptyFolder(program, args, { ...environment, ...system }, call);
}

async function runInEmptyFolder(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { input, signal, task, onProgress }: UvCall,
): Promise<FinishedProcess> {
  const folder = await mkdtemp(join(tmpdir(), "reprise-uv-"));
  try {
    return await runProcess(program, args, {
      directory: folder,
      environment,
      ...(input === undefined ? {} : { input }),
      ...(signal === undefined ? {} : { signal }),
      ...(task === undefined || onProgress === undefined
        ? {}
        : {
            onOutput: byLine((line) => {
              if (/^\s*(Building|Built|Downloading|Downloaded|Prepared|Installed)\b/.test(line)) {
                onProgress({ task, detail: line.trim() });
              }
            }),
          }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Joins what comes in pieces to whole lines. */
function byLine(onLine: (line: string) => void): (stream: string, text: string) => void {
  let rest = "";
  return (stream, text) => {
    if (stream !== "stderr") return;
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
}
