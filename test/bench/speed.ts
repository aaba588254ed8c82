import { loadGrammar } from "../../core/src/host/assets.ts";
import { readNotebook } from "../../core/src/notebook/read.ts";
import type { PythonParser } from "../../core/src/python/ast.ts";
import { createPythonParser } from "../../core/src/python/parser.ts";
import { analyseNotebook } from "../../core/src/rules/analyse.ts";
import { AnalysisSession } from "../../core/src/rules/analysis-session.ts";
import { findings } from "../../core/src/rules/index.ts";
import { notebookText } from "../support/notebooks.ts";
import { median, table } from "./measure.ts";
import type { BenchOptions } from "./options.ts";
import { growing, sampleCells } from "./speed-cells.ts";

/** The analysis by itself: how long, how it grows, how soon after an edit. In processor time. */
export async function speed({ rounds, count = 5000 }: BenchOptions): Promise<string> {
  const started = now();
  const parser = await createPythonParser(loadGrammar());
  const loaded = now() - started;
  return [
    `### One notebook\n\nLoading the parser: ${loaded.toFixed(0)} ms, once a process.\n\n${perNotebook(parser, rounds)}`,
    `### After an edit\n\n${afterEdits(parser, rounds, count)}`,
    `### Growth\n\nMilliseconds of processor time for reading, analysis and findings, the least of two; in brackets how many times as long as one column before.\n\n${growth(parser, count)}`,
  ].join("\n\n");
}

/** Milliseconds of processor time of this thread: what else the machine does is not counted. */
function now(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function perNotebook(parser: PythonParser, rounds: number): string {
  const cells = sampleCells(200);
  const lines = cells.reduce((sum, cell) => sum + cell.split("\n").length, 0);
  const text = notebookText(cells);
  const cold = once(parser, text);
  for (let round = 0; round < 30; round++) once(parser, text);
  const warm = Array.from({ length: rounds * 3 }, () => once(parser, text)).sort((one, other) => one - other);
  const row = (name: string, milliseconds: number) => [
    name,
    milliseconds.toFixed(1),
    ((milliseconds / lines) * 1000).toFixed(1),
  ];
  return table(
    [`${cells.length} cells, ${lines} lines (the samples)`, "ms of processor time", "ms per 1,000 lines"],
    [row("first in its process", cold), row("warm, median", median(warm)), row("warm, least", warm[0] as number)],
  );
}

function once(parser: PythonParser, text: string): number {
  const start = now();
  findings(analyseNotebook(readNotebook(text, "measured.ipynb"), parser));
  return now() - start;
}

function growth(parser: PythonParser, most: number): string {
  const sizes = [10, 100, 1000, 5000].filter((size) => size <= most);
  const rows = Object.entries(growing).map(([name, make]) => {
    let before = 0;
    const cells = sizes.map((size) => {
      const text = notebookText(Array.from({ length: size }, (_, at) => make(at)));
      const took = Math.min(...Array.from({ length: 2 }, () => once(parser, text)));
      const shown =
        before === 0 ? took.toFixed(1) : `${took.toFixed(took < 100 ? 1 : 0)} (${(took / before).toFixed(1)})`;
      before = took;
      return shown;
    });
    return [name, ...cells];
  });
  return table(["what grows", ...sizes.map((size) => `${size.toLocaleString("en")} cells`)], rows);
}

/** Notebooks of so many cells, and which of these is edited. */
const edited: readonly (readonly [cells: number, place: number])[] = [
  ...[0, 100, 150, 199].map((place) => [200, place] as const),
  ...[0, 500, 999].map((place) => [1000, place] as const),
];

/**
 * One cell is edited again and again, at the head, in the middle and at the end. Means, not medians: many systems count
 * processor time in steps of some milliseconds, as long as an edit takes.
 */
function afterEdits(parser: PythonParser, rounds: number, most: number): string {
  const rows = edited
    .filter(([count]) => count <= Math.max(most, 200))
    .map(([count, place]) => {
      const { analysis, found, fresh } = afterEdit(parser, sampleCells(count), place, rounds);
      const shown = [analysis, found, analysis + found, fresh].map((milliseconds) => milliseconds.toFixed(1));
      return [`cell ${place + 1} of ${count.toLocaleString("en")}`, ...shown];
    });
  return table(["edited", "analysis, ms", "findings, ms", "together, ms", "analysis afresh, ms"], rows);
}

/** Milliseconds of processor time for an edit, when some have been before. */
function afterEdit(parser: PythonParser, cells: readonly string[], place: number, rounds: number) {
  const session = new AnalysisSession(parser);
  const times = { analysis: 0, found: 0, fresh: 0 };
  const [before, counted] = [20, rounds * 10];
  for (let edit = 0; edit < before + counted; edit++) {
    const text = notebookText(cells.with(place, `${cells[place]}\nedited_${place} = ${edit}`));
    const notebook = readNotebook(text, "edited.ipynb");
    const start = now();
    const analysis = session.analyse(notebook);
    const analysed = now();
    findings(analysis);
    const done = now();
    if (edit < before) continue;
    times.analysis += (analysed - start) / counted;
    times.found += (done - analysed) / counted;
    if (edit % 10 > 0) continue;
    const again = now();
    analyseNotebook(notebook, parser);
    times.fresh += (now() - again) / rounds;
  }
  return times;
}
