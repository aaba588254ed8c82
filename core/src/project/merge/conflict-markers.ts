/** Lines `first` to `last` of a file, from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

export interface Disagreement {
  readonly base: readonly string[];
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
}

/** The lines of a conflict as git's `diff3` style has them: editors and merge tools know it. */
export function markedLines({ base, theirs, ours }: Disagreement): readonly string[] {
  return [
    "<<<<<<< edited by hand",
    ...theirs,
    "||||||| generated before",
    ...base,
    "=======",
    ...ours,
    ">>>>>>> generated now",
  ];
}

/** Where a text has marked conflicts, ours or another tool's. */
export function conflictsIn(text: string): readonly LineRange[] {
  const found: LineRange[] = [];
  let first: number | undefined;
  let isParted = false;
  for (const [index, line] of text.split("\n").entries()) {
    if (line.startsWith("<<<<<<< ")) {
      first = index + 1;
      isParted = false;
    } else if (first !== undefined && line.trimEnd() === "=======") isParted = true;
    else if (first !== undefined && isParted && line.startsWith(">>>>>>> ")) {
      found.push({ first, last: index + 1 });
      first = undefined;
    }
  }
  return found;
}
