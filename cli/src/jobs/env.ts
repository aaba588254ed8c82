import { dirname, join } from "node:path";
import { type Environment, environmentOf } from "@reprise/core/node";
import type { Answer, Call } from "../execute.ts";
import { isWithoutFolder, shownPath } from "../input.ts";
import { writeOutput } from "../output.ts";
import { color } from "../terminal/color.ts";
import { analyseFile } from "./analysis.ts";

export interface EnvOptions {
  readonly json?: boolean;
  readonly output?: string;
  readonly python?: string;
  readonly asOf?: string;
}

/** Resolves what a notebook needs and writes the lock. Throws ProblemError. */
export async function lockNotebook(path: string, options: EnvOptions, call: Call): Promise<Answer> {
  const environment = await resolve(path, options, call);
  const file = options.output ?? join(isWithoutFolder(path) ? "." : dirname(path), "pylock.toml");
  await writeOutput(file, environment.lock);
  return answer(environment, "locked", { file: shownPath(file) });
}

/** The same, without writing. */
export async function showLock(path: string, options: EnvOptions, call: Call): Promise<Answer> {
  return answer(await resolve(path, options, call), "resolved", {});
}

async function resolve(path: string, options: EnvOptions, call: Call): Promise<Environment> {
  const analysis = await analyseFile(path, call);
  return environmentOf(analysis.notebook, analysis.document, {
    signal: call.signal,
    onProgress: call.onProgress,
    ...(options.python === undefined ? {} : { python: options.python }),
    ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
  });
}

function answer(environment: Environment, outcome: string, more: { readonly file?: string }): Answer {
  const { lock: _, ...shown } = environment;
  return {
    exit: 0,
    json: { outcome, ...more, ...shown },
    text: () =>
      [
        ...(more.file === undefined ? [] : [`Wrote ${color.bold(more.file)}`]),
        `Python ${environment.python}, ${environment.packages.length} packages, ${environment.lockHash}`,
        ...environment.direct.map((requirement) => `  ${requirement}`),
        color.dim(`  and ${Math.max(0, environment.packages.length - environment.direct.length)} that these need`),
        ...environment.reasons.map((reason) => color.dim(`· ${reason}`)),
      ].join("\n"),
  };
}
