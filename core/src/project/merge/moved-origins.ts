import { diffArrays } from "diff";
import type { LineOrigin, ProjectFile } from "../project.ts";

/** Where the lines of a generated file came from, after it was edited: those that were edited came from nowhere. */
export function movedOrigins({ text, origins }: ProjectFile, edited: string): readonly LineOrigin[] {
  if (origins.length === 0) return origins;
  const lineNow = new Map<number, number>();
  let before = 1;
  let now = 1;
  for (const { added, removed, value } of diffArrays(text.split("\n"), edited.split("\n"))) {
    for (let count = 0; count < value.length; count++) {
      if (!added && !removed) lineNow.set(before, now);
      if (!added) before++;
      if (!removed) now++;
    }
  }
  return origins.flatMap((origin) => {
    const lines = [];
    for (let line = origin.first; line <= origin.last; line++) {
      const moved = lineNow.get(line);
      if (moved !== undefined) lines.push(moved);
    }
    const first = lines[0];
    const last = lines.at(-1);
    return first === undefined || last === undefined ? [] : [{ ...origin, first, last }];
  });
}
