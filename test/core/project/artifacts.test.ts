import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { render } from "../../../core/src/project/render.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython, type TestEnvironment } from "../../support/python.ts";
import { fixtures, formatter, templates } from "./fixtures.ts";

interface RoundTrip {
  readonly what: string;
  readonly environment: TestEnvironment;
  readonly script: string;
  readonly has: object;
}

const trips: readonly RoundTrip[] = [
  {
    what: "values of every kind",
    environment: "ml",
    script: "round_trip",
    has: { parquet: true, npy: true, torch: true, joblib: true, sparse: true },
  },
  { what: "polars tables and series", environment: "values", script: "round_trip_polars", has: { polars: true } },
];

for (const { what, environment, script, has } of trips) {
  test(`${what} come back from artifacts.py as they went, in the formats that are expected`, async (context) => {
    const python = await requirePython(context, environment);
    if (python === undefined) return;
    const folder = temporaryFolder(context);
    const text = render(templates, "project/package/artifacts.py.hbs", { package: "saved", has, groups: true });
    const artifacts = await formatter.format(text, { firstParty: "saved", python: "3.11" });
    writeFileSync(join(folder, "artifacts.py"), artifacts.text);
    const name = folder.split("/").at(-1) as string;
    const { code, stdout, stderr } = await runProcess(python, [join(fixtures, `${script}.py`), name], {
      environment: { ...process.env, PYTHONPATH: join(folder, "..") },
    });
    assert.equal(code, 0, stderr);
    const expected = join(fixtures, `${script}.txt`);
    if (process.env.REPRISE_UPDATE === "1") writeFileSync(expected, stdout);
    assert.equal(stdout, readFileSync(expected, "utf8"));
  });
}
