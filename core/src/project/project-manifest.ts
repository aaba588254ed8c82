import type { ProjectContext } from "./context.ts";
import type { ProjectFile } from "./project.ts";

/** reprise.json: the plan that the project was made from, and which lines came from which cell. */
export function projectManifest({ plan }: ProjectContext, files: ReadonlyMap<string, ProjectFile>): string {
  const origins = [...files].filter(([, file]) => file.origins.length > 0).map(([path, file]) => [path, file.origins]);
  return `${JSON.stringify({ schema: "reprise.project/1", plan, origins: Object.fromEntries(origins) }, null, 2)}\n`;
}
