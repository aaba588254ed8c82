import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import { readBatchFile } from "../../../core/src/batch/batch-file.ts";
import { drawPoints } from "../../../core/src/batch/draw-points.ts";
import { keyOfSet } from "../../../core/src/batch/parameter-set.ts";
import { parameterSets } from "../../../core/src/batch/parameter-sets.ts";
import { drawSome } from "../../../core/src/batch/random-stream.ts";
import { sobolPoints } from "../../../core/src/batch/sobol.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { PythonFloat } from "../../../core/src/run/parameters/parameter-value.ts";
import { requirePython } from "../../support/python.ts";

const fixtures = join(import.meta.dirname, "fixtures");

describe("the runs that a grid file asks for", () => {
  for (const name of readdirSync(fixtures)) {
    test(`${name}: as expected.txt says`, () => {
      const file = join(fixtures, name, "grid.yaml");
      const sets = parameterSets(readBatchFile(readFileSync(file, "utf8"), "grid.yaml"));
      const shown = `${sets.map((set) => JSON.stringify(set, plain)).join("\n")}\n`;
      const expected = join(fixtures, name, "expected.txt");
      if (process.env.REPRISE_UPDATE === "1") writeFileSync(expected, shown);
      assert.equal(shown, readFileSync(expected, "utf8"));
    });
  }

  test("a file that says something else is refused with the place and the nearest name", () => {
    const wrong: readonly (readonly [text: string, said: RegExp])[] = [
      ["grid: {a: 3}", /grid\.a must be array/],
      ["grids: {a: [3]}", /no grids; did you mean grid\?/],
      ["grid: {a: []}", /grid\.a must NOT have fewer than 1 items/],
      ["sample: {count: 3, space: {a: {from: 2, to: 1}}}", /sample\.space\.a: from \(2\) is not below to \(1\)/],
      ["sample: {count: 3, space: {a: {from: 0, to: 1, scale: log}}}", /begins above 0/],
      ["sample: {count: 0, space: {a: [1]}}", /sample\.count must be >= 1/],
      ["{a: [1}", /does not say which runs/],
      ["[]", /must be object/],
      ["", /must be object/],
    ];
    for (const [text, said] of wrong) {
      assert.throws(
        () => readBatchFile(text, "grid.yaml"),
        (error) => error instanceof ProblemError && error.problem.id === "RP146" && said.test(error.message),
        text,
      );
    }
  });

  test("nothing to run, and more than anybody means, are refused before anything is made", () => {
    const values = Array.from({ length: 1000 }, (_, index) => index);
    for (const plan of [{}, { grid: { a: [1] }, exclude: [{ a: 1 }] }, { grid: { a: values, b: values } }]) {
      assert.throws(
        () => parameterSets(plan),
        (error) => error instanceof ProblemError && error.problem.id === "RP146",
      );
    }
  });

  test("every set is there once, whatever the order of its names", () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom("a", "b"), fc.boolean());
    const grid = fc.dictionary(fc.constantFrom("x", "y", "z"), fc.array(value, { minLength: 1, maxLength: 3 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(grid, (given) => {
        const sets = parameterSets({ grid: given });
        const product = Object.values(given).reduce((count, values) => count * new Set(values).size, 1);
        assert.equal(new Set(sets.map(keyOfSet)).size, sets.length);
        assert.equal(sets.length, product);
      }),
    );
  });
});

describe("samples", () => {
  const space = { rate: { from: 0.001, to: 10, scale: "log" }, depth: { from: 2, to: 5, type: "int" } } as const;

  test("a Sobol sequence is the one that SciPy computes", async (context) => {
    const python = await requirePython(context, "ml");
    if (python === undefined) return;
    const code =
      "import json; from scipy.stats import qmc; print(json.dumps(qmc.Sobol(21, scramble=False).random(64).tolist()))";
    const { stdout } = await runProcess(python, ["-W", "ignore", "-c", code]);
    const ours = sobolPoints(21, 64).map((point) => Array.from(point, (value) => value / 2 ** 32));
    assert.deepEqual(ours, JSON.parse(stdout));
  });

  for (const method of ["sobol", "random"] as const) {
    test(`${method}: in the space, the same for a seed, and a larger count only adds`, () => {
      fc.assert(
        fc.property(fc.nat(1000), fc.integer({ min: 1, max: 60 }), (seed, count) => {
          const points = drawPoints({ count: count + 5, method, seed, space });
          for (const { rate, depth } of points) {
            assert.ok(rate instanceof PythonFloat && rate.value >= 0.001 && rate.value <= 10);
            assert.ok(typeof depth === "number" && [2, 3, 4, 5].includes(depth));
          }
          assert.deepEqual(points.slice(0, count), drawPoints({ count, method, seed, space }));
        }),
      );
    });
  }

  test("a logarithmic range gives each decade as many points as another", () => {
    const rates = drawPoints({ count: 400, space }).map(({ rate }) => (rate as PythonFloat).value);
    const decades = rates.map((rate) => Math.floor(Math.log10(rate)));
    for (const decade of [-3, -2, -1, 0]) assert.equal(decades.filter((each) => each === decade).length, 100);
  });

  test("some of a grid are drawn without repeats, in the grid's order", () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const drawn = drawSome(items, 10, 3);
    assert.equal(drawn.length, 10);
    assert.deepEqual(
      drawn,
      [...new Set(drawn)].sort((left, right) => left - right),
    );
    assert.notDeepEqual(drawn, drawSome(items, 10, 4));
    assert.deepEqual(drawSome(items, 99, 3), items);
  });
});

function plain(_key: string, value: unknown): unknown {
  return value instanceof PythonFloat ? `float ${value.value}` : value;
}
