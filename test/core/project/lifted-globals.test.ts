import assert from "node:assert/strict";
import { test } from "node:test";
import { written } from "./written.ts";

const data = "import numpy as np\nrows = np.arange(3) * 2";
const total = "def total(a, b=(1)):\n    return a + b + rows.sum()";

/** The one line of the stages that calls the function. */
function callOf(call: string): string {
  const { stages } = written(`${data}\n${total}`, `with open("out.txt", "w") as out:\n    out.write(str(${call}))`);
  const line = /out\.write\(str\((.*)\)\)/s.exec(stages)?.[1] ?? "";
  return line.replace(/\s+/g, " ");
}

test("a global that a function reads is handed on behind what its calls give already", () => {
  assert.equal(callOf("total(1)"), "total(1, rows=rows)");
  assert.equal(callOf("total((1 if True else 2))"), "total((1 if True else 2), rows=rows)");
  assert.equal(callOf("total(1, b=(2))"), "total(1, b=(2), rows=rows)");
  assert.equal(callOf("total(*(1, 2))"), "total(*(1, 2), rows=rows)");
});

test("commas and comments behind the last argument stay", () => {
  assert.equal(callOf("total(1, (2), )"), "total(1, (2),  rows=rows)".replace(/ +/g, " "));
  assert.match(
    callOf("total(\n    1,  # one, (first)\n    b=2  # two\n)"),
    /^total\( 1, # one, \(first\) b=2 # two , rows=rows\)$/,
  );
});

test("the function takes it behind its own parameters, bracketed defaults among them", () => {
  assert.match(
    written(`${data}\n${total}`, 'print(total(1), file=open("a.txt", "w"))').module,
    /def total\(a, b=\(1\), \*, rows\)/,
  );
});

test("what it takes is annotated so that every Python can import the module", () => {
  const counting = "def count(word: str) -> int:\n    return counts[word]";
  const { module } = written(
    `counts = dict(zip("ab", range(2)))\n${counting}`,
    'print(count("a"), file=open("a.txt", "w"))',
  );
  assert.match(module, /def count\(word: str, counts: dict\) -> int/);
});
