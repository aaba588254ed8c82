import type { ProgressListener } from "../../text/progress.ts";
import { lockEnvironment } from "../lock/lock.ts";
import { choosePython } from "../python/interpreter.ts";
import { makeEnvironment } from "../python/virtual-environment.ts";

/**
 * A Python of Reprise's own with these distributions (`mlflow==3.17.2`), for a tool that Reprise uses beside the user's
 * code: installed at the first use, kept in its cache. Throws ProblemError RP30x where it cannot be made.
 */
export async function toolPython(
  requirements: readonly string[],
  options: { readonly signal?: AbortSignal; readonly onProgress?: ProgressListener } = {},
): Promise<string> {
  const { version } = await choosePython(undefined, undefined, options);
  const environment = await lockEnvironment({ requirements, python: version }, options);
  return (await makeEnvironment(environment, options)).python;
}
