import { isFolder, type WrittenFile, type WrittenFiles } from "../sides/written-files.ts";
import type { FilePair } from "./compare.ts";

/** The files that a notebook and its project wrote, and the folders that they made and left empty, side by side. */
export interface PairedFiles {
  readonly pairs: readonly FilePair[];
  /** The notebook's own, by their paths. */
  readonly written: ReadonlyMap<string, WrittenFile>;
  /** The project's, by the notebook's paths for them. */
  readonly others: ReadonlyMap<string, WrittenFile>;
  /** The project does not write these. */
  readonly missing: readonly WrittenFile[];
  /** Only the project writes these. */
  readonly more: readonly WrittenFile[];
  /** The notebook writes these in one of its two runs only, and the project has none that would fit. */
  readonly unstable: readonly WrittenFile[];
  /** A folder held too many files to see which were written. */
  readonly isUnknown: boolean;
}

/**
 * Pairs files by their paths. A name that is another one in each run of the notebook, because it holds a time or an id, is
 * paired with one that is the same but for digits.
 */
export function pairedFiles(ofFirst: WrittenFiles, ofAgain: WrittenFiles, ofProject: WrittenFiles): PairedFiles {
  const [first, again, project] = [ofFirst, ofAgain, ofProject].map(withoutFilled);
  const left = first ?? new Map<string, WrittenFile>();
  const rest = new Map(project);
  const others = new Map<string, WrittenFile>();
  const isStable = (path: string) => again === undefined || again.has(path);
  for (const path of left.keys()) take(path, rest.get(path));
  for (const path of left.keys()) if (!others.has(path) && !isStable(path)) take(path, similar(path, rest));
  function take(path: string, other: WrittenFile | undefined): void {
    if (other === undefined) return;
    others.set(path, other);
    rest.delete(other.path);
  }
  const alone = [...left.values()].filter(({ path }) => !others.has(path));
  const passing = [...(again ?? left).values()].filter(({ path }) => !left.has(path)).map(({ path }) => shape(path));
  return {
    pairs: [...others].map(([path, other]) => {
      const second = again?.get(path) ?? (again && similar(path, again));
      return { path, left: left.get(path)?.file ?? "", again: second?.file, right: other.file };
    }),
    written: left,
    others,
    missing: project === undefined ? [] : alone.filter(({ path }) => isStable(path)),
    more: first === undefined ? [] : [...rest.values()].filter(({ path }) => !passing.includes(shape(path))),
    unstable: alone.filter(({ path }) => !isStable(path)),
    isUnknown: first === undefined || project === undefined,
  };
}

/** Without the folders that something was written into: they are told by that. */
function withoutFilled(written: WrittenFiles): WrittenFiles {
  if (written === undefined) return undefined;
  const filled = new Set<string>();
  for (const path of written.keys()) {
    for (let end = path.lastIndexOf("/", path.length - 2); end > 0; end = path.lastIndexOf("/", end - 1)) {
      filled.add(path.slice(0, end + 1));
    }
  }
  return new Map([...written].filter(([path, one]) => !isFolder(one) || !filled.has(path)));
}

function similar(path: string, files: ReadonlyMap<string, WrittenFile>): WrittenFile | undefined {
  const wanted = shape(path);
  return [...files.values()].find((file) => shape(file.path) === wanted);
}

/** A path without what a time, a counter or a random id makes of it. */
function shape(path: string): string {
  return path.replace(/[0-9a-f]{8,}/gi, "#").replace(/\d+/g, "#");
}
