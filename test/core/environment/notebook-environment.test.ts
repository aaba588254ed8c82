import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { requestFor } from "../../../core/src/environment/notebook-environment.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { parseCells } from "../../support/cells.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";

const printed = (text: string) => [{ output_type: "stream", name: "stdout", text }] as const;

describe("what is asked of the resolver for a notebook", { timeout: 400_000 }, () => {
  it("is decided by the file beside it, then by its own lines, then by what it printed", async (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "requirements.txt"), "pandas==2.0.2\n");
    writeFileSync(join(folder, "helpers.py"), "");
    writeFileSync(join(folder, "more.txt"), "tqdm==4.66.1\n");
    const cells = await parseCells([
      "%pip install pandas==1.0.0 scikit-learn==1.2.2 -r more.txt",
      "import pandas as pd, numpy, sklearn, helpers, json, scipy",
      { source: "print(pd.__version__, numpy.__version__)", outputs: printed("9.9.9 1.24.3\n") },
      "pd.read_parquet('a.parquet').plot()",
    ]);
    const notebook = readNotebook(notebookText(["1"]), join(folder, "a.ipynb"));
    const asked = await requestFor(notebook, { cells }, { asOf: "2023-06-01", python: "3.11", alsoNeeded: ["joblib"] });
    assert.equal(asked.kind, "request");
    assert.deepEqual(asked.kind === "request" && asked.request, {
      requirements: [
        "joblib",
        "matplotlib",
        "numpy",
        "pandas==2.0.2",
        "pyarrow",
        "scikit-learn==1.2.2",
        "scipy",
        "tqdm==4.66.1",
      ],
      constraints: [],
      prefer: ["numpy==1.24.3"],
      python: "3.11",
      asOf: "2023-06-01",
      reasons: [
        "Python 3.11 was asked for.",
        "Versions come first from requirements.txt (1 entry).",
        "Versions come first from more.txt (1 entry).",
        'scikit-learn==1.2.2: "%pip install" in cell 0 says so.',
        "matplotlib is needed, though not imported: .plot() needs it (cell 3).",
        "pyarrow is needed, though not imported: pandas.read_parquet() needs it (cell 3).",
      ],
    });
  });

  it("is nothing where a lock lies beside it: that is the environment", async (context) => {
    const folder = temporaryFolder(context);
    const lock = [
      'lock-version = "1.0"',
      'created-by = "test"',
      "[[packages]]",
      'name = "six"',
      'version = "1.16.0"',
      "[[packages]]",
      'name = "colorama"',
      'version = "0.4.6"',
      "marker = \"sys_platform == 'plan9'\"",
    ].join("\n");
    writeFileSync(join(folder, "pylock.toml"), lock);
    const notebook = readNotebook(notebookText(["1"]), join(folder, "a.ipynb"));
    const asked = await requestFor(notebook, { cells: await parseCells(["import pandas"]) }, { python: "3.11" });
    assert.equal(asked.kind, "locked");
    assert.equal(asked.kind === "locked" && asked.environment.lock, lock);
    assert.deepEqual(asked.kind === "locked" && asked.environment.packages, [{ name: "six", version: "1.16.0" }]);
  });
});
