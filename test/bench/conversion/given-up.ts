import type { SavedCell } from "../analysis/sessions.ts";
import type { Random } from "../programs/random.ts";

/**
 * The notebook with counts, and with attempts that its author gave up: cells that never ran, or that failed, which would
 * bind anew what later cells use. They are no part of what the notebook computed, so these use what was there before. What
 * a cell did before it failed counts.
 */
export function withGivenUpCells(cells: readonly SavedCell[], random: Random): readonly SavedCell[] {
  let bound: string[] = [];
  const all: SavedCell[] = [];
  let count = 0;
  const add = (cell: SavedCell) => all.push(cell.kind === "code" ? { ...cell, count: ++count } : cell);
  for (const cell of cells) {
    if (cell.kind === "code" && bound.length > 0 && random.chance(0.2)) {
      const name = random.pick(bound);
      const id = `g${all.length}`;
      if (random.chance(0.3)) all.push({ id, kind: "code", source: `${name} = None` });
      else for (const failed of random.chance(0.5) ? failedAtOnce(name, id) : failedLater(name, id)) add(failed);
    }
    add(cell);
    if (cell.kind !== "code") continue;
    bound.push(...namesBoundIn(cell.source));
    for (const [, name] of cell.source.matchAll(/\bdel (\w+)/g)) bound = bound.filter((each) => each !== name);
  }
  return all;
}

/** What is assigned at the top of a cell. */
function namesBoundIn(source: string): readonly string[] {
  return [...source.matchAll(/^([A-Za-z]\w*) = /gm)].map(([, name = ""]) => name);
}

function failedAtOnce(name: string, id: string): readonly SavedCell[] {
  return [failedCell(id, [`${name} = ${name}.as_it_should_be()`, name], 1)];
}

function failedLater(name: string, id: string): readonly SavedCell[] {
  const kept = `${name}_kept_${id}`;
  return [
    failedCell(id, [`${kept} = [${name}]`, `${name} = ${name}.as_it_should_be()`], 2),
    { id: `${id}n`, kind: "code", source: `print(len(${kept}))` },
  ];
}

/** A cell that stopped at a line, as the kernel would have told. */
function failedCell(id: string, lines: readonly string[], line: number): SavedCell {
  const traceback = [`Cell In[1], line ${line}\n----> ${line} ${lines[line - 1]}`];
  const evalue = "no attribute 'as_it_should_be'";
  const outputs = [{ output_type: "error", ename: "AttributeError", evalue, traceback }];
  return { id, kind: "code", source: lines.join("\n"), outputs };
}
