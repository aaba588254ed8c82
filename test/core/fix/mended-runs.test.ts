/** Every kind of mend, made in a notebook that a real kernel made messy, and run before and after. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, type TestContext, test } from "node:test";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { localEngine } from "../../../core/src/engine/local-engine.ts";
import { foundEnvironment } from "../../../core/src/environment/python/interpreter.ts";
import { type Mended, mendNotebook } from "../../../core/src/fix/mend-notebook.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { Notebook } from "../../../core/src/notebook/model.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { findings } from "../../../core/src/rules/index.ts";
import { compareWithSaved } from "../../../core/src/verify/comparison/compare-saved.ts";
import { tryOrders } from "../../../core/src/verify/findings/notebook-trials.ts";
import type { ObservedRun } from "../../../core/src/verify/observation/observed-run.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { forkedEnvironment } from "../../support/forked-environment.ts";
import { requirePython } from "../../support/python.ts";
import { Recording } from "../../support/recording.ts";

const parser = await createPythonParser(loadGrammar());
/** With kernels that start from nothing, and with forks. */
const engines = new Map<boolean, Promise<Engine>>();
const madeFolders: string[] = [];
after(async () => {
  for (const engine of engines.values()) await (await engine).close();
  for (const folder of madeFolders) rmSync(folder, { recursive: true, force: true });
});

interface Kind {
  readonly name: string;
  readonly sources: readonly string[];
  /** Makes the notebook messy by running it. */
  make(recording: Recording, folder: string): Promise<unknown>;
  /** Rules to mend; all where absent. */
  readonly only?: readonly string[];
  /** Ids of the fixes that are made, in their order. */
  readonly fixes: readonly string[];
  /** What is wrong with a run before: it raises this, or does not give the saved outputs, or differs every time. */
  readonly before: RegExp | "other outputs" | "other in every run" | "runs";
  /** Whether the copy gives what is saved, or only the same in every run. */
  readonly after: "saved outputs" | "same in every run";
  readonly environment?: Readonly<Record<string, string>>;
  /** It imports what takes seconds: its kernels are forks of a process that has imported that. */
  readonly forks?: boolean;
  /** What the copy must hold, beyond that. */
  check?(mended: Mended, run: ObservedRun): void;
}

const kinds: readonly Kind[] = [
  {
    name: "an import that was deleted",
    sources: ["import numpy as np", "import math", "print(np.arange(4).sum(), math.floor(2.5))"],
    make: async (recording) => (await recording.runAll()).delete(0),
    fixes: ["add-import"],
    before: /NameError/,
    after: "saved outputs",
  },
  {
    name: "one lost name behind another",
    sources: [
      "import numpy as np\nfrom pathlib import Path\ncut = 3",
      "cut",
      "print(Path('a') / 'b', np.ones(2), cut)",
    ],
    make: async (recording) => (await recording.runAll()).delete(0),
    fixes: ["restore-value", "add-import", "add-import"],
    before: /NameError/,
    after: "saved outputs",
  },
  {
    name: "a function that was renamed after the run",
    sources: [
      "def tidy(rows, limit):\n    return sorted(rows)[:limit]",
      "print(tidy([3, 1, 2], limit=2))",
      "print(tidy([5], 1))",
    ],
    make: async (recording) =>
      (await recording.runAll()).edit(0, "def tidy_rows(rows, limit):\n    return sorted(rows)[:limit]"),
    fixes: ["rename-call"],
    before: /NameError/,
    after: "saved outputs",
  },
  {
    name: "cells that were run from below",
    sources: ["print(scale(4))", "def scale(x):\n    return x * factor", "factor = 2.5"],
    make: (recording) => recording.run(2, 1, 0),
    fixes: ["order-cells"],
    before: /NameError/,
    after: "saved outputs",
  },
  {
    name: "results that only the history of a session has",
    sources: ["x = 3\nx + 4  # seven", "y = _ * 2\nprint(y)", "z = Out[1] + _1\nz", "print(_, y)"],
    make: (recording) => recording.runAll(),
    fixes: ["name-result", "name-result"],
    before: "runs",
    after: "saved outputs",
    check: ({ notebook }) =>
      assert.deepEqual(
        notebook.cells.map(({ source }) => source),
        ["x = 3\nresult = x + 4\nresult  # seven", "y = result * 2\nprint(y)", "z = result + result\nz", "print(z, y)"],
      ),
  },
  {
    name: "an order that runs clean and gives another number",
    sources: ["rate = 0.1", "print(round(100 * rate))", "rate = 0.25", "print(round(200 * rate))"],
    make: (recording) => recording.run(0, 2, 1, 3),
    fixes: ["order-cells"],
    before: "other outputs",
    after: "saved outputs",
  },
  {
    name: "a definition that moved below its use",
    sources: ["def area(r):\n    return r * base", "base = 2\nprint(area(3))", "total = base + 1\nprint(total)"],
    make: async (recording) =>
      (await recording.run(0, 1, 2))
        .delete(0)
        .edit(1, "# What a circle is.\ndef area(r):\n    return r * base\n\ntotal = base + 1\nprint(total)"),
    fixes: ["move-definition"],
    before: /NameError/,
    after: "saved outputs",
    check: ({ notebook }) => assert.match(notebook.cells[0]?.source ?? "", /^# What a circle is\.\ndef area/),
  },
  {
    name: "imports that stand below their use",
    sources: ["import math\nimport json", "side = 4\nprint(math.sqrt(side), json.dumps([side]))", "print(side)"],
    make: async (recording) => (await recording.runAll()).delete(0).edit(1, "import math\nimport json\nprint(side)"),
    fixes: ["collect-imports"],
    before: /NameError/,
    after: "saved outputs",
  },
  {
    name: "a cell that never ran, and rebinds a name",
    sources: ["values = [1, 2, 3]", "values = 'not these'  # an alternative", "print(sum(values))"],
    make: (recording) => recording.run(0, 2),
    fixes: ["leave-out"],
    before: /TypeError/,
    after: "saved outputs",
    check: ({ notebook }) => assert.match(notebook.cells[1]?.source ?? "", /^# Left out.*\n# values = 'not these'/),
  },
  {
    name: "no seeds",
    forks: true,
    sources: [
      "import random\nfrom sklearn.model_selection import train_test_split",
      "draw = random.random()\nrows = list(range(20))",
      "train, test = train_test_split(rows)\nprint(draw, test)",
    ],
    make: (recording) => recording.runAll(),
    fixes: ["seed-stream", "add-seed"],
    before: "other in every run",
    after: "same in every run",
    check: ({ notebook }) => {
      const [, drawing, splitting] = notebook.cells;
      for (const cell of [drawing, splitting]) {
        assert.ok(cell?.kind === "code" && cell.outputs.length === 0 && cell.executionCount === null);
      }
    },
  },
  {
    name: "a seed that comes too late",
    sources: ["import random", "one = random.random()", "random.seed(1)\ntwo = random.random()"],
    make: (recording) => recording.runAll(),
    fixes: ["seed-first"],
    before: "other in every run",
    after: "same in every run",
  },
  {
    name: "a listing in the order of the file system",
    sources: ["import os", "names = os.listdir('data')\nprint(names)"],
    make: (recording, folder) => {
      mkdirSync(join(folder, "data"));
      for (const name of ["c", "a", "d", "b"]) writeFileSync(join(folder, "data", name), "");
      return recording.runAll();
    },
    only: ["NB205"],
    fixes: ["sort"],
    before: "runs",
    after: "same in every run",
    check: (_mended, run) => assert.match(JSON.stringify(run.steps[1]?.outputs), /\['a', 'b', 'c', 'd'\]/),
  },
  {
    name: "a column that is changed in place",
    forks: true,
    sources: [
      "import pandas as pd\ndf = pd.DataFrame({'a': [1.0, None], 'b': [None, 2.0]})",
      "df['a'].fillna(0, inplace=True)\ndf.b.replace(to_replace=2.0, inplace=True, value=3.0)",
      "print(df['a'].isna().sum(), df['b'].max())",
    ],
    make: (recording) => recording.runAll(),
    fixes: ["assign-column", "assign-column"],
    before: "runs",
    after: "same in every run",
    check: ({ notebook }, run) => {
      assert.equal(
        notebook.cells[1]?.source,
        "df['a'] = df['a'].fillna(0)\ndf.b = df.b.replace(to_replace=2.0, value=3.0)",
      );
      assert.match(JSON.stringify(run.steps[2]?.outputs), /0 3\.0/);
    },
  },
  {
    name: "names that the libraries have no more",
    forks: true,
    sources: [
      "import numpy as np\nimport pandas as pd\nfrom sklearn.model_selection import train_test_split as split",
      "table = pd.DataFrame({'a': [1.0, np.nan], 'b': [1, 2]}).drop('b', axis=1)\nwidth = float(3) + float(np.prod([2, 3]))",
      "first, last = split(table, random_state=0)\nprint(first, width, [name for name, _ in table.items()])",
    ],
    make: async (recording) =>
      (await recording.runAll())
        .edit(
          0,
          "import numpy as np\nimport pandas as pd\nfrom sklearn.cross_validation import train_test_split as split",
        )
        .edit(
          1,
          "table = pd.DataFrame({'a': [1.0, np.NaN], 'b': [1, 2]}).drop('b', 1)\nwidth = np.float(3) + np.float(np.product([2, 3]))",
        ),
    fixes: ["rename-api", "rename-api", "rename-api", "rename-api", "rename-api"],
    before: /ModuleNotFoundError/,
    after: "saved outputs",
  },
  {
    name: "an absolute path",
    sources: ["import os", "PLACE"],
    make: (recording) => {
      // What lies below /tmp is not told: every machine has it.
      const folder = mkdtempSync("/var/tmp/reprise-test-");
      madeFolders.push(folder);
      writeFileSync(join(folder, "rows.txt"), "1\n2\n");
      recording.edit(
        1,
        `with open('${folder}/rows.txt') as file:\n    print(file.read(), os.path.exists('${folder}/rows.txt'))`,
      );
      return recording.runAll();
    },
    fixes: ["path-parameter"],
    before: "runs",
    after: "saved outputs",
    check: ({ notebook }) => {
      const [, parameters, user] = notebook.cells;
      assert.deepEqual(parameters?.tags, ["parameters"]);
      assert.match(parameters?.source ?? "", /^ROWS_PATH = '.*\/rows\.txt'$/);
      assert.equal(user?.source, "with open(ROWS_PATH) as file:\n    print(file.read(), os.path.exists(ROWS_PATH))");
    },
  },
  {
    name: "a secret",
    sources: ["api_key = 'k3y-of-the-test-9f8e7d6c'", "print(len(api_key))"],
    make: (recording) => recording.runAll(),
    fixes: ["secret-variable"],
    before: "runs",
    after: "saved outputs",
    environment: { API_KEY: "k3y-of-the-test-9f8e7d6c" },
    check: ({ notebook }) => assert.ok(!notebook.text.includes("k3y-of-the-test")),
  },
];

for (const kind of kinds) {
  test(`mended and run before and after: ${kind.name}`, async (context) => {
    const own = await requireMl(context, kind.forks);
    if (own === undefined) return;
    const folder = temporaryFolder(context);
    const recording = new Recording(own, folder, kind.sources);
    await kind.make(recording, folder);
    const notebook = await recording.save();
    const mended = mend(notebook, kind.only);
    assert.deepEqual(
      mended.applied.map(({ fix }) => fix),
      kind.fixes,
      JSON.stringify(mended.left, null, 1),
    );
    assert.deepEqual(mended.left, []);
    for (const [name, value] of Object.entries(kind.environment ?? {})) process.env[name] = value;
    const repeats = kind.after === "same in every run";
    const before = await runs(context, own, notebook, kind.before === "other in every run" ? 2 : 1);
    const then = await runs(context, own, mended.notebook, repeats ? 2 : 1);
    checkBefore(kind, notebook, before);
    const [first, second] = then as [ObservedRun, ObservedRun | undefined];
    assert.deepEqual(errorsOf(first), []);
    if (repeats) assert.deepEqual(valuesOf(second as ObservedRun), valuesOf(first));
    else assert.deepEqual(unlike(notebook, first, mended.origins), []);
    kind.check?.(mended, first);
  });
}

function checkBefore({ before: expected }: Kind, notebook: Notebook, [first, second]: readonly ObservedRun[]): void {
  assert.ok(first !== undefined);
  if (expected instanceof RegExp) assert.match(errorsOf(first).join(), expected);
  else assert.deepEqual(errorsOf(first), []);
  if (expected === "other outputs") assert.notDeepEqual(unlike(notebook, first), []);
  if (expected === "other in every run") assert.notDeepEqual(valuesOf(second as ObservedRun), valuesOf(first));
}

function mend(notebook: Notebook, only?: readonly string[]): Mended {
  // As beside no lock and no requirements: nothing says which version of these is meant.
  const analyse = (one: Notebook) => ({ ...analyseNotebook(one, parser), unpinned: ["numpy", "pandas", "sklearn"] });
  return mendNotebook({
    analysis: analyse(notebook),
    analyse,
    findings: (analysis) =>
      findings(analysis, only === undefined ? {} : { select: only }).findings.filter(
        ({ severity }) => only !== undefined || severity !== "info",
      ),
  });
}

async function requireMl(context: TestContext, forks = false): Promise<Engine | undefined> {
  const python = await requirePython(context, "ml");
  if (python === undefined) return undefined;
  const engine = engines.get(forks) ?? engineOf(python, forks);
  engines.set(forks, engine);
  return engine;
}

async function engineOf(python: string, forks: boolean): Promise<Engine> {
  const environment = await foundEnvironment(python);
  if (!forks) return localEngine({ environment });
  const folder = await forkedEnvironment(python);
  return localEngine({ environment: { ...environment, python: join(folder, "bin", "python"), folder } });
}

async function runs(context: TestContext, own: Engine, notebook: Notebook, count: number) {
  const analysis = analyseNotebook(notebook, parser);
  const cells = analysis.document.cells.map(({ cell }) => cell.index);
  const orders = Array.from({ length: count }, () => ({ cells, title: "the order of the document" }));
  return tryOrders({ analysis, engine: own, workFolder: join(temporaryFolder(context), "work") }, orders);
}

const errorsOf = ({ steps }: ObservedRun) =>
  steps.flatMap(({ error }) => (error ? [`${error.name}: ${error.message}`] : []));

const valuesOf = ({ steps }: ObservedRun) =>
  [...(steps.at(-1)?.globals ?? [])].filter(([, { type }]) => type !== "module");

/** Saved outputs of the notebook that the run does not give again. */
function unlike(notebook: Notebook, { steps }: ObservedRun, origins?: Mended["origins"]) {
  const outputs = new Map(
    steps.flatMap(({ cell, outputs: own }) => {
      const origin = origins === undefined ? cell : origins[cell];
      return origin === undefined ? [] : [[origin, own] as const];
    }),
  );
  return compareWithSaved(notebook, outputs, () => "").filter(({ verdict }) => verdict !== "identical");
}
