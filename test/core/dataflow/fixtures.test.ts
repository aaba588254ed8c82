import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import { parseCells } from "../../support/cells.ts";
import { showDataflow } from "../../support/show-dataflow.ts";

const folder = join(import.meta.dirname, "fixtures");

/** Cells begin with `# %%`. `REPRISE_UPDATE=1` writes what is expected anew, for review. */
for (const file of globSync("*.py", { cwd: folder }).sort()) {
  test(`${file} reads, binds and changes what its .txt says`, async () => {
    const cells = readFileSync(join(folder, file), "utf8")
      .split(/^# %%\n/m)
      .slice(1);
    const shown = showDataflow(analyseDataflow(await parseCells(cells)));
    const expected = join(folder, file.replace(/\.py$/, ".txt"));
    if (process.env.REPRISE_UPDATE === "1") writeFileSync(expected, shown);
    assert.equal(shown, readFileSync(expected, "utf8"));
  });
}
