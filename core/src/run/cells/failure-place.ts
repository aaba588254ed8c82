import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LineOrigin } from "../../project/project.ts";

export interface FailurePlace {
  /** Below the project's folder, with forward slashes. */
  readonly file: string;
  readonly line: number;
  /** The cell that the line came from, and the line in it; absent for lines that come from no cell. */
  readonly cell?: number;
  readonly cellLine?: number;
}

/**
 * Where in the project's code, and in the notebook, a traceback ends: by its last frame in a module of the package, and
 * the map of lines in the project's reprise.json. Undefined where no frame is the project's.
 */
export async function failurePlace(
  traceback: readonly string[],
  projectFolder: string,
  packageName: string,
): Promise<FailurePlace | undefined> {
  const frames = traceback.flatMap((text) => {
    const found = /^ *File "(.*)", line (\d+)/.exec(text);
    const path = found?.[1]?.replaceAll("\\", "/") ?? "";
    const at = path.lastIndexOf(`/src/${packageName}/`);
    return found && at >= 0 && !path.endsWith("/__main__.py")
      ? [{ file: path.slice(at + 1), line: Number(found[2]) }]
      : [];
  });
  const frame = frames.at(-1);
  if (frame === undefined) return undefined;
  const manifest = await readFile(join(projectFolder, "reprise.json"), "utf8").catch(() => "{}");
  const { origins = {} } = JSON.parse(manifest) as { origins?: Readonly<Record<string, readonly LineOrigin[]>> };
  const origin = origins[frame.file]?.find(({ first, last }) => frame.line >= first && frame.line <= last);
  if (origin === undefined) return frame;
  const cellLine = Math.min(origin.cellFirst + frame.line - origin.first, origin.cellLast);
  return { ...frame, cell: origin.cell, cellLine };
}
