import type { SavedCell } from "../analysis/sessions.ts";
import type { Random } from "../programs/random.ts";

/**
 * The notebook with counts, and with attempts that its author gave up: cells that failed or that never ran, which would
 * bind anew what later cells use. They are no part of what the notebook computed, so these use what was there before.
 */
export function withGivenUpCells(cells: readonly SavedCell[], random: Random): readonly SavedCell[] {
  const bound: string[] = [];
  const all: SavedCell[] = [];
  let count = 0;
  for (const cell of cells) {
    const isAttempted = cell.kind === "code" && bound.length > 0 && random.chance(0.2);
    if (isAttempted) {
      const attempt = givenUp(random.pick(bound), `g${all.length}`, random);
      all.push("outputs" in attempt ? { ...attempt, count: ++count } : attempt);
    }
    all.push(cell.kind === "code" ? { ...cell, count: ++count } : cell);
    if (cell.kind === "code") bound.push(...namesBoundIn(cell.source));
  }
  return all;
}

/** What is assigned at the top of a cell, and no definition: those are free for modules. */
function namesBoundIn(source: string): readonly string[] {
  return [...source.matchAll(/^([A-Za-z]\w*) = /gm)].map(([, name = ""]) => name);
}

function givenUp(name: string, id: string, random: Random): SavedCell {
  const cell = { id, kind: "code" } as const;
  if (random.chance(0.4)) return { ...cell, source: `${name} = None` };
  const outputs = [
    { output_type: "error", ename: "AttributeError", evalue: "no attribute 'as_it_should_be'", traceback: [] },
  ];
  return { ...cell, source: `${name} = ${name}.as_it_should_be()\n${name}`, outputs };
}
