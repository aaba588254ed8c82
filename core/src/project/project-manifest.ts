import type { ProjectContext } from "./context.ts";
import type { DataFileFacts } from "./pages/data-facts.ts";
import type { ProjectFile } from "./project.ts";

/**
 * reprise.json: the plan that the project was made from, which lines came from which cell, and the files that the notebook
 * read, as they were.
 */
export function projectManifest(
  { plan }: ProjectContext,
  files: ReadonlyMap<string, ProjectFile>,
  dataFacts: readonly DataFileFacts[] = [],
): string {
  const origins = [...files].filter(([, file]) => file.origins.length > 0).map(([path, file]) => [path, file.origins]);
  const data = dataFacts.map(({ path, bytes, sha256 }) => ({
    path,
    bytes,
    ...(sha256 === undefined ? {} : { sha256 }),
  }));
  const manifest = {
    schema: "reprise.project/1",
    plan,
    ...(data.length === 0 ? {} : { data }),
    origins: Object.fromEntries(origins),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
