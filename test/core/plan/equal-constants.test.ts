import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { Parameter, Planned } from "../../../core/src/plan/plan.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import { percentNotebook } from "./percent-notebook.ts";

const parser = await createPythonParser(loadGrammar());

/** A literal of a call, and what it means: calls of one meaning and one value are to share a parameter. */
interface Site {
  readonly meaning: string;
  readonly value: string;
  readonly code: (value: string) => string;
}

const kinds: readonly { readonly meaning: string; readonly values: string[]; readonly code: Site["code"] }[] = [
  { meaning: "seed", values: ["1", "2"], code: (value) => `train_test_split(X, random_state=${value})` },
  { meaning: "seed", values: ["1", "2"], code: (value) => `KMeans(random_state=${value})` },
  { meaning: "seed", values: ["1", "2"], code: (value) => `np.random.seed(${value})` },
  { meaning: "forest", values: ["1", "2"], code: (value) => `RandomForestClassifier(n_estimators=${value})` },
  { meaning: "boost", values: ["1", "2"], code: (value) => `GradientBoostingClassifier(n_estimators=${value})` },
  { meaning: "depth", values: ["1", "2"], code: (value) => `RandomForestClassifier(max_depth=${value})` },
  { meaning: "size", values: ["0.2", "0.3"], code: (value) => `train_test_split(X, test_size=${value})` },
  { meaning: "path", values: ['"a.csv"', '"b.csv"'], code: (value) => `pd.read_csv(${value})` },
];

const site: fc.Arbitrary<Site> = fc
  .constantFrom(...kinds)
  .chain(({ meaning, values, code }) => fc.constantFrom(...values).map((value) => ({ meaning, value, code })));

const head = `# %%
import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.model_selection import train_test_split
X = pd.DataFrame({"a": [1, 2]})
`;

test("literals are one parameter exactly where they have one value and one meaning", () => {
  fc.assert(
    fc.property(fc.array(site, { minLength: 1, maxLength: 8 }), (sites) => {
      const cells = sites.map(
        ({ code, value }, index) => `# %%\nv${index} = ${code(value)}\nv${index}_kept = [v${index}]\n`,
      );
      const notebook = percentNotebook(head + cells.join(""), "shop.ipynb");
      const planned: Planned = planPipeline(analyseNotebook(notebook, parser));
      assert.equal(planned.outcome, "planned");
      if (planned.outcome !== "planned") return;
      const { parameters } = planned.plan;
      const owner = sites.map((_, index) =>
        parameters.findIndex(({ uses }) => uses.some(({ statement }) => statement === `${index + 1}.0`)),
      );
      for (const [index, one] of sites.entries()) {
        const parameter: Parameter | undefined = parameters[owner[index] as number];
        assert.ok(parameter, `no parameter for ${one.code(one.value)}`);
        const { uses } = parameter;
        for (const use of uses) {
          const source: string = notebook.cells[Number.parseInt(use.statement, 10)]?.source ?? "";
          const text: string = source.slice(use.start, use.end);
          // Changing the parameter changes just the literals that it stands for.
          assert.equal(text, JSON.stringify(parameter.default));
        }
        for (const [at, other] of sites.entries()) {
          const isSame = one.meaning === other.meaning && one.value === other.value;
          assert.equal(owner[index] === owner[at], isSame, `${one.code(one.value)} and ${other.code(other.value)}`);
        }
      }
    }),
    { numRuns: 60 },
  );
});
