import type { FileAccess } from "../dataflow/model.ts";
import type { Stage } from "../plan/plan.ts";
import type { ProjectContext } from "./context.ts";

/** The files that the pipeline reads and does not write itself, as the notebook names them; no URLs. */
export function dataFiles({ dataflow }: ProjectContext): readonly string[] {
  return outsideFiles(dataflow.files, dataflow.files);
}

/** Those that one stage reads. */
export function dataFilesOf({ dataflow }: ProjectContext, stage: Stage): readonly string[] {
  const own = dataflow.files.filter(({ statement }) => stage.statements.includes(statement));
  return outsideFiles(own, dataflow.files);
}

function outsideFiles(accesses: readonly FileAccess[], all: readonly FileAccess[]): readonly string[] {
  const written = new Set(all.flatMap(({ use, place }) => (use !== "read" && place !== undefined ? [place] : [])));
  const read = accesses.flatMap(({ use, path, place }) =>
    use === "read" && path !== undefined && !(place !== undefined && written.has(place)) ? [path] : [],
  );
  return [...new Set(read)].filter((path) => !/^[a-z][a-z0-9+.-]+:\/\//i.test(path));
}
