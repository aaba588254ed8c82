import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";
import { fixtureProject, writeFiles } from "../project/fixtures.ts";

test("dvc repro runs every stage once, then nothing, then only what a changed parameter or file concerns", async (context) => {
  const python = await requirePython(context, "dvc");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  writeFiles(await fixtureProject("churn"), folder);
  const environment = {
    ...process.env,
    PATH: `${dirname(python)}${delimiter}${process.env.PATH}`,
    PYTHONPATH: join(folder, "src"),
    DVC_NO_ANALYTICS: "1",
  };
  const dvc = async (...args: string[]) => {
    const { code, stdout, stderr } = await runProcess("dvc", args, { directory: folder, environment });
    assert.equal(code, 0, `dvc ${args.join(" ")}\n${stdout}${stderr}`);
    return stdout;
  };
  const repro = async () =>
    [...(await dvc("repro")).matchAll(/Running stage '(\w+)'/g)].map(([, stage]) => stage).sort();

  await dvc("init", "--no-scm", "--quiet");
  assert.deepEqual(await repro(), ["ingest", "report", "score"]);
  assert.ok(existsSync(join(folder, "work", "ingest", "frames.pickle")));
  const metrics = JSON.parse(await dvc("metrics", "show", "--json"));
  assert.equal(metrics[""].data["work/score/metrics.json"].data.accuracy, 0.9833);

  assert.deepEqual(await repro(), []);

  const params = join(folder, "params.yaml");
  writeFileSync(params, readFileSync(params, "utf8").replace("hidden: [4, 2]", "hidden: [3, 2]"));
  assert.deepEqual(await repro(), ["score"]);

  appendFileSync(join(folder, "src", "churn", "report.py"), "\n# a remark\n");
  assert.deepEqual(await repro(), ["report"]);

  rmSync(join(folder, "work", "report"), { recursive: true });
  assert.deepEqual(await repro(), [], "what is in the cache is checked out, not computed");
  assert.ok(existsSync(join(folder, "work", "report", "displays", "df_hist.png")));
});
