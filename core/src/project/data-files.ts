import type { ProjectContext } from "./context.ts";

/** The files that the pipeline reads and does not write itself, as the notebook names them; no URLs. */
export function dataFiles({ dataflow }: ProjectContext): readonly string[] {
  const written = new Set(dataflow.files.filter(({ use }) => use !== "read").map(({ path }) => path));
  const read = dataflow.files.flatMap(({ use, path }) => (use === "read" && path !== undefined ? [path] : []));
  return [...new Set(read)].filter((path) => !written.has(path) && !/^[a-z][a-z0-9+.-]+:\/\//i.test(path));
}
