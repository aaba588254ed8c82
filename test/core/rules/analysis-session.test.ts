import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";
import { AnalysisSession } from "../../../core/src/rules/analysis-session.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { type NewCell, notebookText } from "../../support/notebooks.ts";
import { showDataflow } from "../../support/show-dataflow.ts";

const samples = join(import.meta.dirname, "..", "..", "..", "samples");
const parser = await createPythonParser(loadGrammar());

/** Cells of a few samples: enough for functions, aliases and files to reach over edits. */
const pool: readonly string[] = [
  ...globSync(join(samples, "*", "*.ipynb"))
    .sort()
    .slice(0, 3)
    .flatMap((file) => readNotebook(readFileSync(file, "utf8"), file).cells)
    .flatMap((cell) => (cell.kind === "code" ? [cell.source] : [])),
  "x = 1",
  "x = 1",
  "def change(frame):\n    frame['new'] = limit\n    return frame",
  "df = change(df)",
  "limit = 3",
  "exec('x = ' + 'limit')",
  "rows = []\nfor i in range(3):\n    rows.append(df)",
  "print(rows, x",
];

test("after any edits a session says what a fresh analysis says", () => {
  const edit = fc.record({
    kind: fc.constantFrom("replace", "replace", "insert", "remove", "run"),
    at: fc.nat(),
    source: fc.constantFrom(...pool),
    prepared: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 12 }),
      fc.array(edit, { maxLength: 6 }),
      (start, edits) => {
        const session = new AnalysisSession(parser);
        const cells: NewCell[] = start.map((source, count) => ({ source, count: count + 1 }));
        for (const { kind, at, source, prepared } of [undefined, ...edits].map((one) => one ?? nothing)) {
          const place = at % cells.length;
          if (kind === "replace") cells[place] = { source, count: null };
          else if (kind === "insert") cells.splice(place, 0, { source });
          else if (kind === "remove" && cells.length > 1) cells.splice(place, 1);
          else if (kind === "run") cells[place] = { ...(cells[place] as NewCell), count: cells.length + at };
          const notebook = readNotebook(notebookText(cells), "edited.ipynb");
          assert.equal(shown(session.analyse(notebook)), shown(analyseNotebook(notebook, parser)));
          if (prepared) session.prepare();
        }
      },
    ),
    { numRuns: 60 },
  );
});

const nothing = { kind: "none", at: 0, source: "", prepared: true };

function shown(analysis: Analysis): string {
  const told = findings(analysis).findings.map(({ rule, cell, range, message }) => ({ rule, cell, range, message }));
  return [
    showDataflow(analysis.document),
    analysis.recorded === undefined ? "" : showDataflow(analysis.recorded),
    JSON.stringify(told, null, 1),
  ].join("\n");
}
