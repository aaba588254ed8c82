import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { literalValue } from "../../../core/src/run/parameters/literal-value.ts";
import { parseFloatText } from "../../../core/src/run/parameters/parameter-text.ts";
import { type ParameterValue, PythonFloat, pythonLiteral } from "../../../core/src/run/parameters/parameter-value.ts";
import { requirePython } from "../../support/python.ts";
import { anyParameterValue, pythonShow, shown } from "./shown-value.ts";

test("a value is quoted as papermill quotes it (83)", () => {
  assert.equal(pythonLiteral('a "b" \\ \n é 😀'), '"a \\"b\\" \\\\ \\n \\xe9 \\U0001f600"');
  assert.equal(
    pythonLiteral([1, new PythonFloat(1), null, true, Number.NaN, -Infinity]),
    "[1, 1.0, None, True, float('nan'), float('-inf')]",
  );
  assert.equal(pythonLiteral({ a: { b: [] } }), '{"a": {"b": []}}');
  assert.equal(pythonLiteral(12345678901234567890n), "12345678901234567890");
  assert.equal(pythonLiteral(1e300), BigInt(1e300).toString());
});

test("Python reads a literal as the value that was meant (83)", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const values = ["\ud800", ...fc.sample(anyParameterValue, { numRuns: 300, seed: 7 })];
  const code = `${pythonShow}print(json.dumps([show(eval(line)) for line in sys.stdin.read().splitlines()]))`;
  const { stdout, stderr } = await runProcess(python, ["-c", code], { input: values.map(pythonLiteral).join("\n") });
  assert.equal(stderr, "");
  assert.deepEqual(JSON.parse(stdout), values.map(shown));
});

test("a literal in a notebook is read as its value", async () => {
  const parser = await createPythonParser(loadGrammar());
  const read = (text: string): ParameterValue | undefined => {
    const [statement] = parser.parse(text).body;
    return statement?.type === "Expr" ? literalValue(statement.value) : undefined;
  };
  assert.deepEqual(read("{'a': [1, -2.0, None, True], 'b': ('x', float('inf'))}"), {
    a: [1, new PythonFloat(-2), null, true],
    b: ["x", new PythonFloat(Infinity)],
  });
  assert.equal(read("-12345678901234567890"), -12345678901234567890n);
  assert.equal(read("compute()"), undefined);
  assert.equal(read("[x]"), undefined);
});

test("text is a float where Python says so", () => {
  for (const text of ["1", " 1.5 ", "-1e-3", ".5", "1_000.0", "NaN", "-Infinity", "1."]) {
    assert.notEqual(parseFloatText(text), undefined, text);
  }
  for (const text of ["", "1,5", "abc", "1__0", "0x10", "1e", "--1"])
    assert.equal(parseFloatText(text), undefined, text);
});
