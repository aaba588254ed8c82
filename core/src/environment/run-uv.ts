import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FinishedProcess, runProcess } from "../host/child-process.ts";
import { pipConfiguration } from "./pip-configuration.ts";
import { type UvOptions, uvProgram } from "./uv.ts";
import { type PackageSources, packageSources, uvEnvironment } from "./uv-settings.ts";

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

/**
 * Runs uv in an empty folder, so that no project around it has a say, with pip's configuration handed on.
 * Any exit code is an answer. Throws ProblemError RP301 without uv.
 */
export async function runUv(args: readonly string[], call: UvCall = {}): Promise<FinishedProcess> {
  const [program, sources] = await Promise.all([uvProgram(undefined, call), sourcesHere()]);
  call.signal?.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), "reprise-uv-"));
  const { task, onProgress } = call;
  try {
    return await runProcess(program, args, {
      directory: folder,
      environment: { ...uvEnvironment(sources, call.withLocalIndexes ?? false), ...call.environment },
      ...(call.input === undefined ? {} : { input: call.input }),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
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
