import type { ProjectContext } from "../context.ts";
import { dataFilesOf } from "../data-files.ts";
import type { DataFileFacts } from "../pages/data-facts.ts";
import { pythonText } from "../python-text.ts";

/**
 * What the template of inputs.py is filled in with: the content hashes of the files that each stage reads; `undefined`
 * where no file is known.
 */
export function inputsView(context: ProjectContext, facts: readonly DataFileFacts[]): object | undefined {
  const hashes = new Map(facts.flatMap(({ path, sha256 }) => (sha256 === undefined ? [] : [[path, sha256] as const])));
  const stages = context.plan.stages.flatMap((stage) => {
    const files = dataFilesOf(context, stage).flatMap((path) => {
      const hash = hashes.get(path);
      return hash === undefined ? [] : [{ path: pythonText(path), hash: pythonText(hash) }];
    });
    return files.length === 0 ? [] : [{ key: pythonText(stage.name), files }];
  });
  return stages.length === 0 ? undefined : { stages };
}
