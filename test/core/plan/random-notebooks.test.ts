import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { planFaults } from "../../../core/src/plan/edited/plan-faults.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { percentNotebook } from "./percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());

/** Statements of the kinds that a plan treats differently, over few names, so that they meet. */
const statements = [
  "import pandas as pd",
  "import numpy as np",
  "from sklearn.linear_model import Ridge",
  "a = 1",
  "b = [1, 2]",
  "c = pd.read_csv('c.csv')",
  "d = c",
  "d = c.copy()",
  "a = a + 1",
  "b.append(a)",
  "c['x'] = a",
  "del a",
  "del b[0]",
  "e = [c, d]",
  "for f in e:\n    f['y'] = 1",
  "if a:\n    b = 2\nelse:\n    d = b",
  "if a:\n    g = 1",
  "def h(x):\n    return x + a",
  "def h(x, y=a):\n    global b\n    b = y\n    return h",
  "def k(x):\n    return h(x) + g",
  "class M:\n    z = a\n    def fit(self, x):\n        self.c = c",
  "m = M()",
  "m.fit(c)",
  "a = h(a)",
  "b = k(1)",
  "b = list(map(h, b))",
  "n = (x for x in b)",
  "n = lambda x: x + a",
  "o = n(1)",
  "print(a)",
  "c.head()",
  "c.hist()",
  "p = np.random.rand(3)",
  "np.random.seed(1)",
  "r = Ridge(alpha=0.5)",
  "r.fit(c, p)",
  "s = r.score(c, p)",
  "c.to_csv('c.csv')",
  "with open('t') as t:\n    u = t.read()",
  "try:\n    v = a\nexcept Exception as w:\n    v = b",
  "%time b = h(1)",
  "!ls",
  "exec('a = 2')",
];

const mark = fc.constantFrom(
  "# %%",
  "# %%",
  "# %%",
  "# %% count=1",
  "# %% tags=parameters",
  "# %% tags=reprise:stage=x",
  "# %% tags=reprise:skip",
  "# %% count=2 error",
);
const heading = fc.constantFrom(
  "",
  "",
  "",
  "# %% [markdown]\n# ## Load\n",
  "# %% [markdown]\n# ## Train\n",
  "# %% [markdown]\n# ## 结果\n",
);
const cell = fc
  .tuple(heading, mark, fc.array(fc.constantFrom(...statements), { minLength: 1, maxLength: 4 }))
  .map(([above, start, lines]) => `${above}${start}\n${lines.join("\n")}`);

test("every notebook is planned or diagnosed, and every plan keeps the invariants", () => {
  let planned = 0;
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 1, maxLength: 14 }),
      fc.constantFrom("headings", "roles", "single", undefined),
      (cells, stages) => {
        // What they read is bound first, so that most of these can run.
        const first =
          "# %%\na = 1\nb = [1]\ng = 2\nimport pandas as pd\nimport numpy as np\nc = pd.DataFrame()\nd = c\ne = [c]";
        const later =
          "# %%\nfrom sklearn.linear_model import Ridge\np = c\nr = Ridge()\ndef h(x):\n    return x\ndef k(x):\n    return x\nclass M: pass\nm = M()\nn = h";
        const analysis = analyseNotebook(percentNotebook([first, later, ...cells].join("\n"), "random.ipynb"), parser);
        const made = planPipeline(analysis, stages === undefined ? {} : { stages });
        if (made.outcome === "diagnosed") return;
        planned++;
        assert.deepEqual(planFaults(made.plan, analysis), []);
        assert.deepEqual(planPipeline(analysis, stages === undefined ? {} : { stages }), made);
      },
    ),
    { numRuns: 300 },
  );
  assert.ok(planned > 100, `only ${planned} could be planned`);
});
