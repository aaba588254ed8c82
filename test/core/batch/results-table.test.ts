import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { BatchRow } from "../../../core/src/batch/batch-row.ts";
import { renderBatch } from "../../../core/src/batch/render-batch.ts";
import { ResultsFile } from "../../../core/src/batch/results-file.ts";
import { checkResultsFile, writeResults } from "../../../core/src/batch/results-table.ts";
import { loadTemplates } from "../../../core/src/host/assets.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";

const rows: readonly BatchRow[] = [
  {
    index: 0,
    run: "ab",
    status: "succeeded",
    parameters: { n: 1, kind: 'a "b", c' },
    metrics: { f1: 0.5 },
    seconds: 1.5,
  },
  {
    index: 1,
    run: "cd",
    status: "succeeded",
    parameters: { n: 2, kind: "<script>", on: true },
    metrics: { f1: 1 },
    seconds: 2,
  },
  { index: 2, status: "failed", parameters: { n: 3, columns: ["é", "b"] }, metrics: {}, failure: "ValueError: a\nb" },
];

const read = `
import json, sys, pandas as pd
frame = pd.read_csv(sys.argv[1]) if sys.argv[1].endswith(".csv") else pd.read_parquet(sys.argv[1])
print(json.dumps({"columns": list(frame.columns), "n": frame["params.n"].tolist(), "f1": frame["metrics.f1"].fillna(-1).tolist(),
  "kind": frame["params.kind"].fillna("").tolist(), "columns_value": frame["params.columns"].fillna("").tolist(),
  "failure": frame["failure"].fillna("").tolist()}))
`;

for (const ending of ["csv", "parquet"]) {
  test(`pandas reads the table as ${ending}: numbers, texts with everything in them, what is missing`, async (context) => {
    const python = await requirePython(context, "ml");
    if (python === undefined) return;
    const file = join(temporaryFolder(context), `results.${ending}`);
    await writeResults(file, rows);
    const { stdout, stderr } = await runProcess(python, ["-c", read, file]);
    assert.deepEqual(
      JSON.parse(stdout || stderr),
      {
        columns: [
          "index",
          "run",
          "status",
          "params.n",
          "params.kind",
          "params.on",
          "params.columns",
          "metrics.f1",
          "seconds",
          "output",
          "failure",
        ],
        n: [1, 2, 3],
        f1: [0.5, 1, -1],
        kind: ['a "b", c', "<script>", ""],
        columns_value: ["", "", '["é","b"]'],
        failure: ["", "", "ValueError: a\nb"],
      },
      stderr,
    );
  });
}

test("the table is filled as runs end, and whole at the end", async (context) => {
  const file = join(temporaryFolder(context), "results.json");
  const table = new ResultsFile(file, rows.slice(0, 1));
  for (const row of rows.slice(1)) table.add(row);
  await table.close(rows);
  assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), rows);
});

test("another ending is refused before anything runs", () => {
  assert.throws(() => checkResultsFile("results.xlsx"), /no table that Reprise can write/);
  checkResultsFile("RESULTS.CSV");
});

test("the page shows each metric against what varies, and lets nothing of a notebook act", () => {
  const page = renderBatch({ title: "Batch", code: "a.ipynb", rows, seconds: 3, workers: 2 }, loadTemplates());
  assert.match(page, /<b>f1<\/b> against <b>n<\/b>/);
  assert.equal(page.match(/<circle /g)?.length, 4 + 2);
  assert.doesNotMatch(page, /<script>/);
});
