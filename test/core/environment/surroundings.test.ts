import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { analyseFile } from "../../../cli/src/jobs/analysis.ts";

async function looked(context: TestContext, ...cells: string[]) {
  const root = mkdtempSync(join(tmpdir(), "reprise-surroundings-"));
  context.after(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "pyproject.toml"), "");
  mkdirSync(join(root, "work"));
  writeFileSync(join(root, "work", "there.csv"), "a\n1\n");
  writeFileSync(join(root, "work", "helpers.py"), "");
  const file = join(root, "work", "made.ipynb");
  const notebook = {
    nbformat: 4,
    nbformat_minor: 4,
    metadata: {},
    cells: cells.map((source) => ({ cell_type: "code", metadata: {}, execution_count: null, source, outputs: [] })),
  };
  writeFileSync(file, JSON.stringify(notebook));
  return (await analyseFile(file)).surroundings;
}

test("files that are read and neither there nor written are missing", async (context) => {
  const found = await looked(
    context,
    "import pandas as pd\na = pd.read_csv('there.csv')\nb = pd.read_csv('gone.csv')",
    "a.to_csv('made.csv')\nc = pd.read_csv('made.csv')\nd = pd.read_csv('https://example.org/d.csv')",
    "e = pd.read_csv('../../outside.csv')\nf = pd.read_csv('../inside.csv')",
  );
  assert.deepEqual(found?.missingFiles, ["gone.csv", "../../outside.csv", "../inside.csv"]);
  assert.deepEqual(found?.outsideFiles, ["../../outside.csv"]);
});

test("nothing is called missing where a command could have made it", async (context) => {
  const found = await looked(context, "!unzip data.zip", "import pandas as pd\nb = pd.read_csv('gone.csv')");
  assert.deepEqual(found?.missingFiles, []);
});

test("modules with names that people give to their own are missing when they are not there", async (context) => {
  const found = await looked(context, "import utils\nfrom src.clean import tidy\nimport helpers\nimport numpy");
  assert.deepEqual(found?.missingModules, ["utils", "src"]);
});

test("modules may be anywhere once the notebook changes the search path", async (context) => {
  const found = await looked(context, "import sys\nsys.path.append('..')\nimport utils");
  assert.deepEqual(found?.missingModules, []);
});

test("a database in memory is no file, and one that the notebook fills itself is not missing", async (context) => {
  const opens =
    "import sqlite3\nimport pandas as pd\ncon = sqlite3.connect('shop.db')\nlive = sqlite3.connect(':memory:')";
  const asks = "orders = pd.read_sql('select * from orders', con)";
  assert.deepEqual((await looked(context, opens, asks))?.missingFiles, ["shop.db"]);
  const fills = "con.execute('CREATE TABLE orders (id INTEGER)')";
  assert.deepEqual((await looked(context, opens, fills, asks))?.missingFiles, []);
  assert.deepEqual((await looked(context, opens, "pd.DataFrame().to_sql('orders', con)", asks))?.missingFiles, []);
});
