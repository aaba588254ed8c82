import { existsSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import type { Dataflow } from "../dataflow/model.ts";
import { projectRoot } from "./project-root.ts";

/** The paths that a notebook reads, as its code names them. */
export function readPaths({ files }: Pick<Dataflow, "files">): readonly string[] {
  return files.flatMap(({ path, use }) => (path === undefined || use === "write" ? [] : [path]));
}

/**
 * The folders of a project that lie outside of the `folder` in which its code runs, and hold files that it reads there
 * (`../data/orders.csv`): a container has to be given them. None where nothing marks the project. Of `paths`, those that the
 * code names and whatever a run is given, what is no text is no path.
 */
export function foldersBeyond(paths: readonly unknown[], folder: string): readonly string[] {
  const home = resolve(folder);
  const root = projectRoot(home);
  if (root === undefined) return [];
  const folders = new Set(paths.flatMap((path) => (typeof path === "string" ? [dirname(resolve(home, path))] : [])));
  return [...folders].filter((each) => leadsOut(home, each) && !leadsOut(root, each) && existsSync(each));
}

function leadsOut(from: string, to: string): boolean {
  return relative(from, to).split(sep)[0] === "..";
}
