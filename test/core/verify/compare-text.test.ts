import assert from "node:assert/strict";
import { test } from "node:test";
import { translateCell } from "../../../core/src/ipython/translate.ts";
import { compareText } from "../../../core/src/verify/comparison/compare-text.ts";

const exact = { rtol: 0, atol: 0 };
const printed = (...texts: readonly [cell: number, text: string][]) =>
  texts.map(([cell, text]) => ({ cell, stage: "s", text }));
const compare = (first: ReturnType<typeof printed>, text: string, tolerance = exact, again = first) =>
  compareText(
    "s",
    { first, again, commandsOf: () => [] },
    { text, commands: { stdout: "", stderr: "" }, lastCell: 9 },
    tolerance,
  );

test("equal text is identical cell by cell, whatever the pieces it came in", () => {
  const { outputs } = compare(printed([1, "a\n"], [1, "b"], [1, "\n"], [3, "c\n"]), "a\nb\nc\n");
  assert.deepEqual(
    outputs.map(({ cell, verdict }) => [cell, verdict]),
    [
      [1, "identical"],
      [3, "identical"],
    ],
  );
});

test("a cell whose text differs is named with the line, and the cells after it are still found", () => {
  const { outputs } = compare(printed([1, "a\nb\n"], [3, "c\n"], [4, "d\n"]), "a\nB\nmore\nc\nd\n");
  assert.deepEqual(
    outputs.map(({ cell, verdict, detail }) => [cell, verdict, detail]),
    [
      [1, "different", 'line 2: the notebook has "b", the project "B"'],
      [3, "identical", ""],
      [4, "identical", ""],
    ],
  );
});

test("numbers in a text are equivalent within the tolerance, and only then", () => {
  const first = printed([1, "loss 0.5 after 10 steps\n"]);
  assert.equal(
    compare(first, "loss 0.50000000001 after 10 steps\n", { rtol: 1e-9, atol: 0 }).outputs[0]?.verdict,
    "equivalent",
  );
  assert.equal(compare(first, "loss 0.50000000001 after 10 steps\n").outputs[0]?.verdict, "different");
  assert.equal(compare(first, "loss 0.5 after 11 steps\n", { rtol: 1e-9, atol: 0 }).outputs[0]?.verdict, "different");
  assert.equal(compare(first, "cost 0.5 after 10 steps\n", { rtol: 1, atol: 1 }).outputs[0]?.verdict, "different");
});

test("text that the project does not print is missing, text that only it prints is new", () => {
  assert.equal(compare(printed([1, "a\n"]), "").outputs[0]?.verdict, "missing");
  const { outputs } = compare([], "a\n");
  assert.deepEqual(
    outputs.map(({ cell, verdict }) => [cell, verdict]),
    [[9, "new"]],
  );
});

test("text that two runs of the notebook print differently is neither a match nor a difference", () => {
  const { outputs, nondeterministic } = compare(
    printed([1, "took 3 s\n"], [2, "done\n"]),
    "took 5 s\ndone\n",
    exact,
    printed([1, "took 4 s\n"], [2, "done\n"]),
  );
  assert.deepEqual(
    outputs.map(({ cell, verdict }) => [cell, verdict]),
    [[2, "identical"]],
  );
  assert.deepEqual(
    nondeterministic.map(({ cell }) => cell),
    [1],
  );
});

test("what the timing magics print is not looked for in the project", () => {
  const times = "CPU times: user 4.07 ms, sys: 0 ns, total: 4.07 ms\nWall time: 4.6 ms\n";
  const again = "CPU times: user 3.83 ms, sys: 0 ns, total: 3.83 ms\nWall time: 4.1 ms\n";
  const loops = "1.27 μs ± 0 ns per loop (mean ± std. dev. of 1 run, 1 loop each)\n";
  const { outputs, nondeterministic } = compare(
    printed([1, `(3, 2)\n${times}`], [2, loops], [3, "done\n"]),
    "(3, 2)\ndone\n",
    exact,
    printed([1, `(3, 2)\n${again}`], [2, loops], [3, "done\n"]),
  );
  assert.deepEqual(
    outputs.map(({ cell, verdict }) => [cell, verdict]),
    [
      [1, "identical"],
      [3, "identical"],
    ],
  );
  assert.deepEqual(nondeterministic, []);
});

test("what IPython says of a figure that cannot be drawn is not looked for in the project", () => {
  const told = (at: string) =>
    `Error in callback <function _draw at ${at}> (for post_execute), with arguments args ():\n`;
  const { outputs, nondeterministic } = compare(
    printed([1, told("0x7f1")], [2, "6\n"]),
    "6\n",
    exact,
    printed([1, told("0x7f2")], [2, "6\n"]),
  );
  assert.deepEqual(
    outputs.map(({ cell, verdict }) => [cell, verdict]),
    [[2, "identical"]],
  );
  assert.deepEqual(nondeterministic, []);
});

test("a line that only begins like the magic's is the author's own", () => {
  const { outputs } = compare(printed([1, "Wall time: long\n"]), "");
  assert.deepEqual(
    outputs.map(({ cell, verdict }) => [cell, verdict]),
    [[1, "missing"]],
  );
});

const translated = (source: string) => () => translateCell(source, 1).commands;
const beside = (text: string, project: { text: string; stdout?: string; stderr?: string }, source = "!run") => {
  const first = printed([1, text]);
  const { stdout = "", stderr = "" } = project;
  const notebook = { first, again: first, commandsOf: translated(source) };
  const { outputs } = compareText(
    "s",
    notebook,
    { text: project.text, commands: { stdout, stderr }, lastCell: 9 },
    exact,
  );
  return outputs.map(({ verdict }) => verdict);
};

test("what commands print may stand anywhere among the lines of the cell", () => {
  assert.deepEqual(beside("one\nhello\r\ntwo\n", { text: "one\ntwo\n", stdout: "hello\n" }), ["identical"]);
  assert.deepEqual(beside("hello\none\n", { text: "one\n", stdout: "hello\n" }), ["identical"]);
  assert.deepEqual(beside("one\n", { text: "one\n", stdout: "a new line\n" }), ["identical"]);
});

test("a terminal's columns and colours, and errors among the output, are the same words", () => {
  assert.deepEqual(beside("b.csv  a.csv\r\n", { text: "", stdout: "a.csv\nb.csv\n" }), ["equivalent"]);
  assert.deepEqual(beside("\u001b[31mred\u001b[0m\n", { text: "", stdout: "red\n" }), ["identical"]);
  assert.deepEqual(beside("out\nwarning\n", { text: "", stdout: "out\n", stderr: "warning\n" }), ["equivalent"]);
});

test("a command that prints something else, nothing, or less than its cell, is a difference", () => {
  assert.deepEqual(beside("3\n", { text: "", stdout: "4\n" }), ["missing"]);
  assert.deepEqual(beside("3\n", { text: "" }), ["missing"]);
  assert.deepEqual(beside("a\na\n", { text: "", stdout: "a\n" }), ["missing"]);
  assert.deepEqual(beside("own\n3\n", { text: "other\n", stdout: "3\n" }), ["different"]);
});

test("what IPython says when a magic is done is not looked for in the project; where no such magic stands, it is", () => {
  assert.deepEqual(beside("env: A=1\ndone\n", { text: "done\n" }, "%env A=1"), ["identical"]);
  assert.deepEqual(beside("/home\ndone\n", { text: "done\n" }, "%cd /home"), ["identical"]);
  assert.deepEqual(beside("Writing f.py\n", { text: "" }, "%%writefile f.py\nx = 1"), ["identical"]);
  assert.deepEqual(beside("env: A=1\ndone\n", { text: "done\n" }, "!run"), ["different"]);
  assert.deepEqual(beside("env: B=1\n/home\n", { text: "" }, "%env A=1"), ["missing"]);
});

test("how long a library says that it took is no difference, also where two runs agree on it by chance", () => {
  const line = (time: string) => `[CV 4/5] END C=0.1, gamma=0.01;, score=0.199 total time=   ${time}\n`;
  const { outputs, nondeterministic } = compare(printed([1, line("0.0s")], [2, "done\n"]), `${line("0.1s")}done\n`);
  assert.deepEqual(
    outputs.map(({ cell, verdict }) => [cell, verdict]),
    [[2, "identical"]],
  );
  assert.match(nondeterministic[0]?.why ?? "", /^a time: .*0\.0s/);
  const epoch = (time: string, loss: string) => `3/3 - 0s ${time}/step - loss: ${loss}\n`;
  assert.deepEqual(compare(printed([1, epoch("9ms", "0.5")]), epoch("12ms", "0.5")).outputs, []);
  assert.equal(compare(printed([1, epoch("9ms", "0.5")]), epoch("12ms", "0.6")).outputs[0]?.verdict, "different");
  assert.equal(compare(printed([1, "a window of 5s\n"]), "a window of 6s\n").outputs[0]?.verdict, "different");
});
