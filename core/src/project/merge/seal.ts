import type { LineOrigin, Project, ProjectFile } from "../project.ts";
import { generationOf, generationPath, hashOf, manifestPath } from "./generation.ts";

/** How a project was asked for: the next conversion into it is asked the same. */
export interface ConversionSettings {
  readonly targets: readonly string[];
  readonly stages?: "headings" | "roles" | "single";
  readonly python?: string;
  readonly asOf?: string;
  /** The plan is one that a person or a proof made: the next conversion follows it. */
  readonly isPlanned?: boolean;
  /** Hash of what the resolver was asked for: while it is the same, the lock is still right. */
  readonly request?: string;
}

/**
 * A project with what the next conversion into its folder needs to know: the base of a merge, how it was made, and what
 * the statements of its plan are (`statementPrints`).
 */
export function seal(
  project: Project,
  settings: ConversionSettings,
  statements: Readonly<Record<string, string>> = {},
): Project {
  const base = `${JSON.stringify(generationOf(project), null, 1)}\n`;
  const manifest = project.files.get(manifestPath);
  const extended = {
    ...JSON.parse(manifest?.text ?? "{}"),
    statements,
    conversion: settings,
    base: { file: generationPath, sha256: hashOf(base) },
  };
  const files = new Map(project.files);
  files.set(manifestPath, { text: textOf(extended), origins: [] });
  return { ...project, files, base };
}

/** A sealed project with other files in place of its own: its record says where their lines came from. */
export function sealed(project: Project, files: ReadonlyMap<string, ProjectFile>): Project {
  const manifest = JSON.parse(project.files.get(manifestPath)?.text ?? "{}");
  const origins: Record<string, readonly LineOrigin[]> = {};
  for (const [path, file] of files) if (file.origins.length > 0) origins[path] = file.origins;
  const text = textOf({ ...manifest, origins });
  return { ...project, files: new Map([...files, [manifestPath, { text, origins: [] }]]) };
}

function textOf(manifest: unknown): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
