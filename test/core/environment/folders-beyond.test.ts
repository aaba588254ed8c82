import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { foldersBeyond, readPaths } from "../../../core/src/environment/folders-beyond.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";

const source = `# %%
import pandas as pd
orders = pd.read_csv("../data/orders.csv")
own = pd.read_csv("here/own.csv")
strange = pd.read_csv("../../elsewhere/strange.csv")
gone = pd.read_csv("../gone/gone.csv")
orders.to_csv("../out/orders.csv")`;

test("folders of the project that a notebook reads from beside its own are given to a container, others are not", async () => {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), "reprise-beyond-")));
  try {
    const project = join(outside, "project");
    for (const folder of ["notebooks/here", "data", "out", "../elsewhere"]) {
      mkdirSync(join(project, folder), { recursive: true });
    }
    const { document } = await analysePercentNotebook(source, "orders.ipynb");
    assert.deepEqual(foldersBeyond(readPaths(document), join(project, "notebooks")), []);
    mkdirSync(join(project, ".git"));
    assert.deepEqual(foldersBeyond(readPaths(document), join(project, "notebooks")), [join(project, "data")]);
    // What a run is given: paths among other values.
    const given = [3, null, "linear", ["../out"], "../out/orders.csv"];
    assert.deepEqual(foldersBeyond(given, join(project, "notebooks")), [join(project, "out")]);
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
});
