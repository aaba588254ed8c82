import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { projectFileReader } from "../../../core/src/environment/project-files.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";
import { AnalysisSession } from "../../../core/src/rules/analysis-session.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { type NewCell, notebookText } from "../../support/notebooks.ts";
import { showDataflow } from "../../support/show-dataflow.ts";
import { notebookFromText } from "./notebook-from-text.ts";

const samples = join(import.meta.dirname, "..", "..", "..", "samples");
const parser = await createPythonParser(loadGrammar());

/** Cells of a few samples, and short ones of every kind that reaches over edits: few names, so that they meet. */
/** The modules that some of the edited cells import. */
const ownFile = projectFileReader(join(import.meta.dirname, "..", "dataflow", "fixtures", "own-modules"));

const pool: readonly string[] = [
  ...globSync(join(samples, "*", "*.ipynb"))
    .sort()
    .slice(0, 3)
    .flatMap((file) => readNotebook(readFileSync(file, "utf8"), file).cells)
    .flatMap((cell) => (cell.kind === "code" ? [cell.source] : [])),
  ...readFileSync(join(import.meta.dirname, "fixtures", "edited-cells.py"), "utf8")
    .split(/^# %%\n/m)
    .filter((source) => source !== "")
    .map((source) => source.trimEnd()),
];

/** Notebooks in which some rule finds something, as their cells. */
const told: readonly (readonly NewCell[])[] = globSync(join(import.meta.dirname, "fixtures", "NB*", "positive*.py"))
  .sort()
  .map((file) => notebookFromText(readFileSync(file, "utf8"), file))
  .map(({ cells }) => cells.flatMap((cell) => (cell.kind === "code" ? [{ ...cell, count: cell.executionCount }] : [])));

/** What somebody found around a notebook, so that rules which ask for it have something to say. */
const around = {
  unpinned: ["numpy", "pandas", "sklearn"],
  surroundings: { missingFiles: ["a.csv", "data.csv"], outsideFiles: ["../../b.csv"], missingModules: ["utils"] },
};

test("after any edits of notebooks with findings a session has the findings of a fresh analysis", () => {
  const edit = fc.record({
    kind: fc.constantFrom("insert", "replace", "append", "remove", "swap", "run", "clear"),
    at: fc.nat(),
    cell: fc.constantFrom(...told.flat()),
  });
  const rules = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...told), { minLength: 1, maxLength: 5 }),
      fc.array(edit, { maxLength: 6 }),
      (start, edits) => {
        const session = new AnalysisSession(parser);
        const cells = start.flat();
        for (const { kind, at, cell } of [{ ...nothing, cell: { source: "" } }, ...edits]) {
          const place = at % cells.length;
          const own = cells[place] as NewCell;
          if (kind === "insert") cells.splice(place, 0, cell);
          else if (kind === "replace") cells[place] = { ...own, source: cell.source };
          else if (kind === "append") cells[place] = { ...own, source: `${own.source}\n${cell.source}` };
          else if (kind === "remove" && cells.length > 1) cells.splice(place, 1);
          else if (kind === "swap") cells.splice((place + 1) % cells.length, 0, ...cells.splice(place, 1));
          else if (kind === "run") cells[place] = { ...own, count: cells.length + (at % 7) };
          else if (kind === "clear") cells[place] = { ...own, count: null, outputs: [] };
          const notebook = readNotebook(notebookText(cells), "edited.ipynb");
          const found = findings({ ...session.analyse(notebook), ...around });
          assert.deepEqual(found, findings({ ...analyseNotebook(notebook, parser), ...around }));
          for (const { rule } of found.findings) rules.add(rule);
        }
      },
    ),
    { numRuns: Number(process.env.REPRISE_EDITS ?? 60) },
  );
  assert.ok(rules.size > 20, `of few rules: ${[...rules].join(" ")}`);
});

test("after any edits a session says what a fresh analysis says", () => {
  const edit = fc.record({
    kind: fc.constantFrom("replace", "replace", "append", "prepend", "shorten", "insert", "remove", "run"),
    at: fc.nat(),
    source: fc.constantFrom(...pool),
  });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 12 }),
      fc.array(edit, { maxLength: 8 }),
      (start, edits) => {
        const session = new AnalysisSession(parser);
        const cells: NewCell[] = start.map((source, count) => ({ source, count: count + 1 }));
        for (const { kind, at, source } of [nothing, ...edits]) {
          const place = at % cells.length;
          if (kind === "replace") cells[place] = { source, count: null };
          else if (kind === "append") cells[place] = { source: `${sourceAt(cells, place)}\n${source}`, count: null };
          else if (kind === "prepend") cells[place] = { source: `${source}\n${sourceAt(cells, place)}`, count: null };
          else if (kind === "shorten") cells[place] = { source: sourceAt(cells, place).replace(/\n.*$/, ""), count: 3 };
          else if (kind === "insert") cells.splice(place, 0, { source });
          else if (kind === "remove" && cells.length > 1) cells.splice(place, 1);
          else if (kind === "run") cells[place] = { ...(cells[place] as NewCell), count: cells.length + at };
          const notebook = readNotebook(notebookText(cells), "edited.ipynb");
          const fresh = analyseNotebook(notebook, parser, ownFile);
          assert.equal(shown(session.analyse(notebook, ownFile)), shown(fresh));
        }
      },
    ),
    { numRuns: Number(process.env.REPRISE_EDITS ?? 60) },
  );
});

const nothing = { kind: "none", at: 0, source: "" };

function sourceAt(cells: readonly NewCell[], place: number): string {
  return (cells[place] as NewCell).source;
}

function shown(analysis: Analysis): string {
  return [
    showDataflow(analysis.document),
    analysis.recorded === undefined ? "" : showDataflow(analysis.recorded),
    JSON.stringify(findings(analysis), null, 1),
  ].join("\n");
}

test("a cell that begins like one that moved away has a tree of its own", () => {
  const session = new AnalysisSession(parser);
  for (const sources of [["r = f()\nl = []"], ["r = f()", "r = f()\nl = []"]]) {
    const notebook = readNotebook(notebookText(sources.map((source) => ({ source }))), "edited.ipynb");
    assert.equal(shown(session.analyse(notebook)), shown(analyseNotebook(notebook, parser)));
  }
});

test("a file that a cell runs is read again, whether or not the cell was edited", () => {
  const cells: NewCell[] = [
    { source: "%run helper.py", count: 1 },
    { source: "print(value)", count: 2 },
  ];
  const session = new AnalysisSession(parser);
  let text: string | undefined;
  const readFile = () => (text === undefined ? { why: "helper.py is not there" } : { text });
  const notebook = readNotebook(notebookText(cells), "n.ipynb");
  for (text of [undefined, "value = 1\n", "other = 1\n", "value = 2\nother = 1\n"]) {
    const analysis = session.analyse(notebook, readFile);
    const fresh = analyseNotebook(notebook, parser, readFile);
    assert.equal(showDataflow(analysis.document), showDataflow(fresh.document), text);
    const rules = findings(analysis).findings.map(({ rule }) => rule);
    assert.deepEqual(
      rules,
      findings(fresh).findings.map(({ rule }) => rule),
      text,
    );
    assert.equal(rules.includes("NB103"), text === "other = 1\n", text);
    assert.equal(rules.includes("NB404"), text === undefined, text);
  }
});
