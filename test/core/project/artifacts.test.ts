import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { render } from "../../../core/src/project/render.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";
import { fixtures, formatter, templates } from "./fixtures.ts";

test("values of every kind come back from artifacts.py as they went, in the formats that are expected", async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  const has = { parquet: true, npy: true, torch: true, joblib: true, sparse: true };
  const text = render(templates, "project/package/artifacts.py.hbs", { package: "saved", has, groups: true });
  const artifacts = await formatter.format(text, { firstParty: "saved", python: "3.11" });
  writeFileSync(join(folder, "artifacts.py"), artifacts.text);
  const environment = { ...process.env, PYTHONPATH: join(folder, "..") };
  const name = folder.split("/").at(-1) as string;
  const { code, stdout, stderr } = await runProcess(python, [join(fixtures, "round_trip.py"), name], { environment });
  assert.equal(code, 0, stderr);
  const expected = join(fixtures, "round_trip.txt");
  if (process.env.REPRISE_UPDATE === "1") writeFileSync(expected, stdout);
  assert.equal(stdout, readFileSync(expected, "utf8"));
});
