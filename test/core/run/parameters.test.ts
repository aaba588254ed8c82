import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { parameterDefinitions } from "../../../core/src/run/parameters/parameter-definition.ts";
import { PythonFloat } from "../../../core/src/run/parameters/parameter-value.ts";
import { type ParameterInput, resolveParameters } from "../../../core/src/run/parameters/parameters.ts";
import { notebookText } from "../../support/notebooks.ts";

const parser = await createPythonParser(loadGrammar());

const source = `
# How the model is trained
alpha: float = 1  # the step
n_trees = 100
name: "str" = 'a'
columns = ["a", "b"]
options = {}
seed: int | None = None
limit: Optional[int] = 3
quick, deep = True, False
anything = compute()
`;

const notebook = readNotebook(notebookText([{ source, tags: ["parameters"] }, "print(alpha)"]), "a.ipynb");
const resolve = (input: ParameterInput) => Object.fromEntries(resolveParameters(notebook, input, parser));

test("types come from annotations, else from defaults, never from the text", () => {
  const definitions = parameterDefinitions(source, parser.parse(source));
  assert.deepEqual(
    definitions.map(({ name, type, optional }) => [name, type, optional]),
    [
      ["alpha", "float", false],
      ["n_trees", "int", false],
      ["name", "str", false],
      ["columns", "list", false],
      ["options", "dict", false],
      ["seed", "int", true],
      ["limit", "int", true],
      ["quick", "bool", false],
      ["deep", "bool", false],
      ["anything", undefined, true],
    ],
  );
  assert.equal(definitions[0]?.help, "the step");
});

test("text from the command line gets its parameter's type", () => {
  const texts = {
    alpha: "2",
    n_trees: "12345678901234567890",
    name: "7",
    columns: "['x', 1.0]",
    options: '{"a": null}',
  };
  assert.deepEqual(resolve({ texts }), {
    alpha: new PythonFloat(2),
    n_trees: 12345678901234567890n,
    name: "7",
    columns: ["x", new PythonFloat(1)],
    options: { a: null },
  });
  assert.deepEqual(resolve({ texts: { seed: "None", quick: "false", anything: "1.5" }, rawTexts: { name: "1" } }), {
    seed: null,
    quick: false,
    anything: new PythonFloat(1.5),
    name: "1",
  });
});

test("typed values must fit; an integer stands for a float", () => {
  assert.deepEqual(resolve({ values: { alpha: 2, n_trees: 3, seed: null } }), {
    alpha: new PythonFloat(2),
    n_trees: 3,
    seed: null,
  });
});

test("a value of another type is an error that says what is wanted", () => {
  const wrong: ParameterInput[] = [
    { texts: { n_trees: "many" } },
    { texts: { n_trees: "1.5" } },
    { texts: { quick: "maybe" } },
    { texts: { columns: "{}" } },
    { values: { n_trees: true } },
    { values: { n_trees: 1.5 } },
    { values: { alpha: null } },
    { rawTexts: { n_trees: "1" } },
  ];
  for (const input of wrong) {
    assert.throws(
      () => resolve(input),
      (error: unknown) => {
        assert.ok(error instanceof ProblemError, JSON.stringify(input));
        assert.equal(error.problem.id, "RP143");
        assert.deepEqual(error.problem.place, { file: "a.ipynb", cell: 0 });
        return true;
      },
    );
  }
});

test("a parameter that does not exist is an error that names the nearest", () => {
  assert.throws(
    () => resolve({ texts: { n_tree: "1" } }),
    (error: unknown) => {
      assert.ok(error instanceof ProblemError);
      assert.equal(error.problem.id, "RP142");
      assert.equal(error.problem.mend, "Did you mean n_trees?");
      return true;
    },
  );
});

test("without a parameters cell, a name that the notebook reads may be given, one that it assigns itself may not", () => {
  const untagged = readNotebook(notebookText(["y = 1", "print(x + y)"]), "a.ipynb");
  assert.deepEqual([...resolveParameters(untagged, { texts: { x: "1" } }, parser)], [["x", 1]]);
  for (const [name, message] of [
    ["y", /cell 0 assigns y/],
    ["z", /no parameter z/],
  ] as const) {
    assert.throws(() => resolveParameters(untagged, { texts: { [name]: "1" } }, parser), message);
  }
});
