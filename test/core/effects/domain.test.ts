import assert from "node:assert/strict";
import { test } from "node:test";
import { domainOf, intervalOf } from "../../../core/src/effects/domain.ts";
import others from "../../../core/src/effects/domains/others.json" with { type: "json" };
import sklearn from "../../../core/src/effects/domains/sklearn.json" with { type: "json" };

test("an argument has the domain that its own function gives it", () => {
  const split = domainOf("sklearn.model_selection.train_test_split", "test_size");
  assert.deepEqual(split, {
    int: { minimum: 1 },
    float: { exclusiveMinimum: 0, exclusiveMaximum: 1 },
    none: true,
  });
  assert.deepEqual(domainOf("sklearn.svm.SVC", "C")?.number, { exclusiveMinimum: 0 });
  assert.deepEqual(domainOf("torch.nn.Dropout", "p")?.number, { minimum: 0, maximum: 1 });
});

test("a seed of any function of scikit-learn is 32 bits wide", () => {
  const seed = { minimum: 0, maximum: 4294967295 };
  assert.deepEqual(domainOf("sklearn.cluster.KMeans", "random_state")?.int, seed);
  assert.deepEqual(domainOf("sklearn.somewhere.New", "random_state")?.int, seed);
});

test("nothing is said of what no table knows", () => {
  assert.equal(domainOf("sklearn.svm.SVC", "constructor"), undefined);
  assert.equal(domainOf("constructor.prototype", "test_size"), undefined);
  assert.equal(domainOf("", ""), undefined);
});

test("choices are those of the table's version and of newer ones, not of older ones", () => {
  assert.ok(domainOf("sklearn.svm.SVC", "kernel")?.choices?.includes("rbf"));
  assert.ok(domainOf("sklearn.svm.SVC", "kernel", sklearn.version)?.choices?.includes("rbf"));
  assert.equal(domainOf("sklearn.svm.SVC", "kernel", "0.24.2")?.choices, undefined);
});

test("every interval of the tables can be read and has something in it", () => {
  for (const { domains } of [sklearn, ...others]) {
    for (const row of domains as readonly Record<string, unknown>[]) {
      for (const kind of ["int", "number", "float"]) {
        if (row[kind] === undefined) continue;
        const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = intervalOf(String(row[kind]));
        const low = minimum ?? exclusiveMinimum ?? -Infinity;
        const high = maximum ?? exclusiveMaximum ?? Infinity;
        assert.ok(low < high, `${row.parameter} of ${row.of}: ${row[kind]}`);
      }
    }
  }
});
