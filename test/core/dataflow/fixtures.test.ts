import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import type { World } from "../../../core/src/dataflow/world.ts";
import { projectFileReader } from "../../../core/src/environment/project-files.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { OwnModules } from "../../../core/src/inclusion/own-modules.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { parseCells } from "../../support/cells.ts";
import { showDataflow } from "../../support/show-dataflow.ts";

const folder = join(import.meta.dirname, "fixtures");

/** The modules of a notebook's own project are in a folder of its name. Cells begin with `# %%`. `REPRISE_UPDATE=1` writes what is expected anew, for review. */
for (const file of globSync("*.py", { cwd: folder }).sort()) {
  test(`${file} reads, binds and changes what its .txt says`, async () => {
    const cells = readFileSync(join(folder, file), "utf8")
      .split(/^# %%\n/m)
      .slice(1);
    const shown = showDataflow(analyseDataflow(await parseCells(cells), await worldOf(file)));
    const expected = join(folder, file.replace(/\.py$/, ".txt"));
    if (process.env.REPRISE_UPDATE === "1") writeFileSync(expected, shown);
    assert.equal(shown, readFileSync(expected, "utf8"));
  });
}

async function worldOf(file: string): Promise<World> {
  const project = join(folder, file.replace(/\.py$/, ""));
  if (!existsSync(project)) return {};
  const parser = await createPythonParser(loadGrammar());
  return { ownModules: new OwnModules(parser, projectFileReader(project), []) };
}
