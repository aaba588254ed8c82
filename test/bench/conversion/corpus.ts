import { cpSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { savedNotebook } from "../analysis/saved-notebook.ts";
import type { SavedCell } from "../analysis/sessions.ts";
import { generateProgram } from "../dataflow/generate.ts";
import { Random } from "../programs/random.ts";
import { writePipeline } from "../programs/write-pipeline.ts";
import { withGivenUpCells } from "./given-up.ts";
import type { Subject } from "./subject.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const samples = join(root, "samples");
const patterns = join(root, "test", "patterns");

/** The repository's samples and the notebooks of the hard patterns. */
export function writtenByHand(work: string): readonly Subject[] {
  const of = (group: string, folder: string, file: string): Subject => {
    const copy = join(work, group, basename(folder));
    cpSync(folder, copy, { recursive: true });
    return { name: basename(folder), group, folder: copy, file };
  };
  return [
    ...globSync("*/*.ipynb", { cwd: samples })
      .toSorted()
      .map((file) => of("samples", join(samples, dirname(file)), basename(file))),
    ...globSync("*/notebook.ipynb", { cwd: patterns })
      .toSorted()
      .map((file) => of("patterns", join(patterns, dirname(file)), basename(file))),
  ];
}

/**
 * Generated notebooks, by seeds that follow each other. One in six is dense: statements that mix everything at random,
 * without a purpose, cut at headings that stand anywhere; the others are written as people write. In some are cells that
 * failed or never ran.
 */
export function generated(count: number, seed: number, work: string): readonly Subject[] {
  return Array.from({ length: count }, (_, at) => {
    const own = seed * 10_000 + at;
    return at % 6 === 5 ? denseSubject(own, work) : writtenSubject(own, work);
  });
}

function writtenSubject(seed: number, work: string): Subject {
  const { cells, files } = writePipeline(new Random(seed));
  const folder = join(work, "written", `w${seed}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "notebook.ipynb"), savedNotebook(perhapsGivenUp(cells, seed)));
  return { name: `w${seed}`, group: "written", folder, file: "notebook.ipynb" };
}

function denseSubject(seed: number, work: string): Subject {
  const random = new Random(seed);
  const { cells } = generateProgram(seed);
  const folder = join(work, "dense", `d${seed}`);
  mkdirSync(folder, { recursive: true });
  const inParts = cells.flatMap((statements, at) => [
    ...(at === 0 || random.chance(0.25) ? [{ id: `h${at}`, kind: "markdown" as const, source: `# Part ${at}` }] : []),
    { id: `c${at}`, kind: "code" as const, source: statements.join("\n") },
  ]);
  writeFileSync(join(folder, "notebook.ipynb"), savedNotebook(perhapsGivenUp(inParts, seed)));
  return { name: `d${seed}`, group: "dense", folder, file: "notebook.ipynb", stages: "headings" };
}

function perhapsGivenUp(cells: readonly SavedCell[], seed: number): readonly SavedCell[] {
  const random = new Random(seed ^ 0x9e3779b9);
  return random.chance(0.3) ? withGivenUpCells(cells, random) : cells;
}
