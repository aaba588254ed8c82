import assert from "node:assert/strict";
import { join } from "node:path";
import type { Environment, PythonEnvironment } from "../../../core/src/environment/environment.ts";
import type { LockRequest } from "../../../core/src/environment/lock/lock-request.ts";
import type { InspectedPython } from "../../../core/src/environment/python/interpreter.ts";
import { uvProgram } from "../../../core/src/environment/uv/uv.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import type { Problem } from "../../../core/src/problem/problem.ts";

export interface Answer {
  readonly uv?: string;
  readonly environment?: Environment;
  readonly made?: PythonEnvironment;
  readonly inspected?: InspectedPython;
  readonly problem?: Problem;
  /** Everything that was printed. */
  readonly output: string;
}

/** Asks in a process of its own, with these variables only added, or taken away where `undefined`; `around` is a command that runs it. */
export async function ask(
  question: { readonly request?: LockRequest; readonly make?: boolean },
  variables: Readonly<Record<string, string | undefined>>,
  around: readonly string[] = [],
): Promise<Answer> {
  const script = join(import.meta.dirname, "fixtures", "ask.ts");
  const [command = "", ...args] = [...around, process.execPath, script, JSON.stringify(question)];
  const { code, stdout, stderr } = await runProcess(command, args, { environment: { ...process.env, ...variables } });
  assert.equal(code, 0, stderr);
  return { ...(JSON.parse(stdout) as Omit<Answer, "output">), output: stdout + stderr };
}

/** Variables for a cache of its own, and for pip's configuration from a file alone. */
export async function apart(folder: string, pipConfiguration?: string): Promise<Record<string, string | undefined>> {
  const pipVariables = Object.keys(process.env).filter((name) => name.startsWith("PIP_") && name !== "PIP_CERT");
  return {
    REPRISE_CACHE: join(folder, "cache"),
    REPRISE_UV: await uvProgram(),
    ...(pipConfiguration === undefined
      ? {}
      : { ...Object.fromEntries(pipVariables.map((name) => [name, undefined])), PIP_CONFIG_FILE: pipConfiguration }),
  };
}
