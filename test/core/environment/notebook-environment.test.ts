import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import { atItsCell, requestFor } from "../../../core/src/environment/notebook-environment.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { type CellText, parseCells } from "../../support/cells.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { notebookText } from "../../support/notebooks.ts";

const analysed = async (texts: readonly (string | CellText)[]) => analyseDataflow(await parseCells(texts));
const printed = (text: string) => [{ output_type: "stream", name: "stdout", text }] as const;

describe("what is asked of the resolver for a notebook", { timeout: 400_000 }, () => {
  it("is decided by the file beside it, then by its own lines, then by what it printed", async (context) => {
    const folder = temporaryFolder(context);
    writeFileSync(join(folder, "requirements.txt"), "pandas==2.0.2\n");
    writeFileSync(join(folder, "helpers.py"), "");
    writeFileSync(join(folder, "more.txt"), "tqdm==4.66.1\n");
    const flow = await analysed([
      "%pip install pandas==1.0.0 scikit-learn==1.2.2 -r more.txt",
      "import pandas as pd, numpy, sklearn, helpers, json, scipy",
      { source: "print(pd.__version__, numpy.__version__)", outputs: printed("9.9.9 1.24.3\n") },
      "pd.read_parquet('a.parquet').plot()",
    ]);
    const notebook = readNotebook(notebookText(["1"]), join(folder, "a.ipynb"));
    const asked = await requestFor(notebook, flow, { asOf: "2023-06-01", python: "3.11", alsoNeeded: ["joblib"] });
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

  it("is what still has what the notebook uses, of the days before the first of it was gone", async () => {
    const notebook = readNotebook(notebookText(["1"]), "a.ipynb");
    const flow = await analysed([
      "import pandas as pd, numpy as np\nfrom sklearn.datasets import load_boston",
      "df = pd.DataFrame({'a': [1]})\ndf = df.append({'a': 2}, ignore_index=True)\nx = np.float(1)",
      "try:\n    from sklearn.cross_validation import KFold\nexcept ImportError:\n    pass",
    ]);
    const asked = await requestFor(notebook, flow, { python: "3.11" });
    assert.deepEqual(asked.kind === "request" && asked.request.older, {
      limits: [
        { name: "scikit-learn", below: "1.2", why: "cell 0 uses sklearn.datasets.load_boston, gone since 1.2" },
        { name: "pandas", below: "2.0", why: "cell 1 uses pandas.DataFrame.append, gone since 2.0" },
        { name: "numpy", below: "1.24", why: "cell 1 uses numpy.float, gone since 1.24" },
      ],
      // Not the day before scikit-learn 1.2: what was built for Python 3.11 came with time.
      asOf: "2023-02-21",
    });
  });

  it("has no limit for what the notebook itself tells a version of", async () => {
    const notebook = readNotebook(notebookText(["1"]), "a.ipynb");
    const flow = await analysed([
      "%pip install numpy==2.1\nimport pandas as pd, numpy as np",
      { source: "print(pd.__version__)", outputs: printed("2.1.0\n") },
      "pd.DataFrame().append(1)\nnp.float(1)",
    ]);
    const asked = await requestFor(notebook, flow, { python: "3.11" });
    assert.equal(asked.kind === "request" && asked.request.older, undefined);
  });

  it("is told of with the cell that needs it where no index has it", async () => {
    const need = { name: "modsim", requirement: "modsim", source: "import", why: "import modsim", cell: 3 } as const;
    const unknown = {
      id: "RP304",
      message: "No package index here has a distribution called modsim.",
      mend: "-",
    } as const;
    const lock = () => Promise.reject(new ProblemError(unknown));
    const told = await atItsCell({ path: "a.ipynb" }, [need], lock).catch((error: unknown) => error);
    assert.ok(told instanceof ProblemError);
    assert.deepEqual(told.problem.place, { file: "a.ipynb", cell: 3 });
    assert.match(told.problem.message, /called modsim\. It is needed for "import modsim"\.$/);
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
    const asked = await requestFor(notebook, await analysed(["import pandas"]), { python: "3.11" });
    assert.equal(asked.kind, "locked");
    assert.equal(asked.kind === "locked" && asked.environment.lock, lock);
    assert.deepEqual(asked.kind === "locked" && asked.environment.packages, [{ name: "six", version: "1.16.0" }]);
  });
});
