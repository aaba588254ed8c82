import { normalize, sep } from "node:path";
import type { Dataflow } from "../../dataflow/model.ts";

/** What a notebook makes itself, so that a run has to start without it. Relative to its folder. */
export interface MadePaths {
  /** Written before anything reads them. */
  readonly files: readonly string[];
  /** Made before any file in them is used. */
  readonly folders: readonly string[];
}

/** What the analysis knows that a notebook makes itself. */
export function madePaths({
  files,
  folders,
  statements,
}: Pick<Dataflow, "files" | "folders" | "statements">): MadePaths {
  const used = new Map<string, string>();
  for (const { path, use } of files) if (path !== undefined && !used.has(path)) used.set(path, use);
  const position = new Map(statements.map(({ id }, at) => [id, at]));
  const isUsedBefore = (folder: string, maker: number) =>
    files.some(
      ({ path, statement }) =>
        path !== undefined &&
        normalize(path).startsWith(normalize(folder) + sep) &&
        (position.get(statement) ?? 0) < maker,
    );
  return {
    files: [...used].flatMap(([path, use]) => (use === "write" && !path.startsWith(sep) ? [path] : [])),
    folders: folders.flatMap(({ path, statement }) =>
      path.startsWith(sep) || isUsedBefore(path, position.get(statement) ?? 0) ? [] : [path],
    ),
  };
}
