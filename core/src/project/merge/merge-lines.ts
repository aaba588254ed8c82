import { diffArrays } from "diff";

/** Lines `from` to `to` (from 0, `to` excluded) of the base gave way to `lines`. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** A piece of a merged text: lines that both sides agree on, or what each of the three has in one place. */
export type MergedPiece =
  | { readonly kind: "agreed"; readonly lines: readonly string[] }
  | {
      readonly kind: "conflict";
      readonly base: readonly string[];
      readonly theirs: readonly string[];
      readonly ours: readonly string[];
    };

/** Beyond so many changed lines a comparison would take seconds, and a merge would help nobody. */
const mostChanges = 2000;

/**
 * Merges two edits of one text, each given as lines (or words). An edit of one side is taken where the other left the
 * base as it was; what both changed is a conflict, unless both made the same of it. Lines inserted beside lines that the
 * other side changed count as the same place. Undefined where a side differs from the base in more than 2,000 lines.
 */
export function mergeLines(
  base: readonly string[],
  theirs: readonly string[],
  ours: readonly string[],
): readonly MergedPiece[] | undefined {
  const byThem = hunksOf(base, theirs);
  const byUs = hunksOf(base, ours);
  if (byThem === undefined || byUs === undefined) return undefined;
  const pieces: MergedPiece[] = [];
  let at = 0;
  for (const { from, to, their, our } of clustersOf(byThem, byUs)) {
    if (at < from) pieces.push({ kind: "agreed", lines: base.slice(at, from) });
    const theirLines = applied(base, from, to, their);
    const ourLines = applied(base, from, to, our);
    if (our.length === 0 || isSame(theirLines, ourLines)) pieces.push({ kind: "agreed", lines: theirLines });
    else if (their.length === 0) pieces.push({ kind: "agreed", lines: ourLines });
    else pieces.push({ kind: "conflict", base: base.slice(from, to), theirs: theirLines, ours: ourLines });
    at = to;
  }
  if (at < base.length) pieces.push({ kind: "agreed", lines: base.slice(at) });
  return pieces;
}

function hunksOf(base: readonly string[], other: readonly string[]): Hunk[] | undefined {
  const changes = diffArrays([...base], [...other], { maxEditLength: mostChanges });
  if (changes === undefined) return undefined;
  const hunks: Hunk[] = [];
  let at = 0;
  let open: { from: number; to: number; lines: string[] } | undefined;
  for (const { added, removed, value } of changes) {
    if (added || removed) {
      open ??= { from: at, to: at, lines: [] };
      if (removed) {
        at += value.length;
        open.to = at;
      } else open.lines.push(...value);
      continue;
    }
    if (open !== undefined) hunks.push(open);
    open = undefined;
    at += value.length;
  }
  if (open !== undefined) hunks.push(open);
  return hunks;
}

/** Hunks of both sides that touch each other, with the lines of the base that they span. */
interface Cluster {
  readonly from: number;
  readonly to: number;
  readonly their: readonly Hunk[];
  readonly our: readonly Hunk[];
}

function clustersOf(byThem: readonly Hunk[], byUs: readonly Hunk[]): Cluster[] {
  const all = [
    ...byThem.map((hunk) => ({ hunk, isTheirs: true })),
    ...byUs.map((hunk) => ({ hunk, isTheirs: false })),
  ].sort((one, other) => one.hunk.from - other.hunk.from || one.hunk.to - other.hunk.to);
  const clusters: { from: number; to: number; hasInsertion: boolean; their: Hunk[]; our: Hunk[] }[] = [];
  for (const { hunk, isTheirs } of all) {
    const isInsertion = hunk.from === hunk.to;
    let last = clusters.at(-1);
    const touches =
      last !== undefined && (hunk.from < last.to || (hunk.from === last.to && (isInsertion || last.hasInsertion)));
    if (last === undefined || !touches) {
      last = { from: hunk.from, to: hunk.to, hasInsertion: false, their: [], our: [] };
      clusters.push(last);
    }
    last.to = Math.max(last.to, hunk.to);
    last.hasInsertion = isInsertion && hunk.from === last.to;
    (isTheirs ? last.their : last.our).push(hunk);
  }
  return clusters;
}

function applied(base: readonly string[], from: number, to: number, hunks: readonly Hunk[]): readonly string[] {
  const lines: string[] = [];
  let at = from;
  for (const hunk of hunks) {
    lines.push(...base.slice(at, hunk.from), ...hunk.lines);
    at = hunk.to;
  }
  return [...lines, ...base.slice(at, to)];
}

/** True for the same lines. */
export function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}
