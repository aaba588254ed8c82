/** The checks of a project's data, as its own lines and as pandera's schemas, with good and with bad data. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { checksView } from "../../../core/src/project/modules/checks-view.ts";
import type { CheckedTable } from "../../../core/src/project/modules/data-checks.ts";
import { render } from "../../../core/src/project/render.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";
import { fixtures, formatter, templates } from "./fixtures.ts";

const table: CheckedTable = {
  key: "ingest.df",
  stage: "ingest",
  name: "df",
  rows: 3,
  columns: [
    { name: "age", dtype: "int64", missing: 0, low: 18, high: 65 },
    { name: "height", dtype: "float64", missing: 1, low: 1, high: 2.2 },
    { name: "kind", dtype: "str", missing: 0, values: ["a", "b"] },
    { name: "member", dtype: "bool", missing: 0 },
    { name: "since", dtype: "datetime64[ns]", missing: 0 },
    { name: "stay", dtype: "timedelta64[ns]", missing: 0 },
    { name: "unseen" },
  ],
};

for (const [way, template] of [
  ["plain", "checks"],
  ["pandera", "checks_pandera"],
] as const) {
  test(`checks of the data let good tables in and bad ones not: ${way}`, async (context) => {
    const python = await requirePython(context, "checks");
    if (python === undefined) return;
    const folder = temporaryFolder(context);
    const text = render(templates, `project/package/${template}.py.hbs`, checksView([table], "checked"));
    const made = await formatter.format(text, { firstParty: "checked", python: "3.11" });
    writeFileSync(join(folder, "checks.py"), made.text);
    const name = folder.split("/").at(-1) as string;
    const { code, stdout, stderr } = await runProcess(python, [join(fixtures, "check_tables.py"), name], {
      environment: { ...process.env, PYTHONPATH: join(folder, "..") },
    });
    assert.equal(code, 0, stderr);
    const expected = join(fixtures, `check_tables.${way}.txt`);
    if (process.env.REPRISE_UPDATE === "1") writeFileSync(expected, stdout);
    assert.equal(stdout, readFileSync(expected, "utf8"));
  });
}
