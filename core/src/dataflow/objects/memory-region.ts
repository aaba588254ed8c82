import type { AbstractObject } from "./objects.ts";

/** Memory that several objects may share (union-find: regions grow together). */
export interface Region {
  /** The object whose own it was at first. */
  readonly owner: AbstractObject;
  joined: Region | undefined;
  /** How many regions it has become. */
  size: number;
  /** Positions of statements that may have written to it, ascending. */
  changes: number[];
}

/** No path is made shorter here: what is joined may be parted again. The smaller joins the larger, so paths are short. */
export function rootOf(region: Region): Region {
  let root = region;
  while (root.joined !== undefined) root = root.joined;
  return root;
}
