import { stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { identifyData } from "./file-hash.ts";
import type { DataIdentity } from "./record.ts";

/** A file that the code opened, and what for first: as core/agent/opened_files.py tells it. */
export type OpenedFile = readonly [path: string, use: DataIdentity["use"]];

/** More files of one folder are recorded as the folder. */
const mostOfFolder = 100;

/**
 * The data of a record with what was opened besides: paths that only the code knew. To be called when the code has ended.
 * A file that was read and has changed since the run began is recorded without a hash; one that the run made is no input.
 *
 * @param began When the code began, in milliseconds since 1970.
 */
export async function withOpened(
  data: readonly DataIdentity[],
  opened: readonly OpenedFile[],
  began: number,
  signal?: AbortSignal,
): Promise<readonly DataIdentity[]> {
  const known = data.map(({ path }) => path);
  const isKnown = (path: string) => known.some((other) => path === other || isBelow(path, other));
  const besides = foldersOfMany(opened.filter(([path]) => !isKnown(path)));
  const found = await Promise.all(
    besides.map(([path, use]) => (use === "read" ? identifyInput(path, began, signal) : { path, use })),
  );
  return [...data, ...found.filter((item) => item !== undefined)];
}

/** Whether a path lies in a folder; both absolute, as the operating system writes them. */
export function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** A folder of which many files were opened stands for them; it was read where any of them was. */
function foldersOfMany(opened: readonly OpenedFile[]): readonly OpenedFile[] {
  return [...Map.groupBy(opened, ([path]) => dirname(path))].flatMap(([folder, files]): readonly OpenedFile[] => {
    if (files.length <= mostOfFolder) return files;
    return [[folder, files.some(([, use]) => use === "read") ? "read" : "write"]];
  });
}

async function identifyInput(
  path: string,
  began: number,
  signal: AbortSignal | undefined,
): Promise<DataIdentity | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || found.birthtimeMs >= began) return undefined;
  return found.mtimeMs >= began ? { path, use: "read" } : identifyData(path, "read", signal);
}
