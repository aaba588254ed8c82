import assert from "node:assert/strict";
import { test } from "node:test";
import { analyseDataflow } from "../../../core/src/dataflow/analyse.ts";
import { sliceFor } from "../../../core/src/dataflow/slice.ts";
import { parseCells } from "../../support/cells.ts";

const times = (count: number, make: (at: number) => string) => Array.from({ length: count }, (_, at) => make(at));

const hostile: Readonly<Record<string, readonly string[]>> = {
  "10,000 levels of brackets": [`x = ${"[".repeat(10_000)}1${"]".repeat(10_000)}\nprint(x)`],
  "an operator chain of 10,000 names": [`x = ${times(10_000, (at) => `a${at}`).join(" + ")}\nprint(x)`],
  "calls in calls, 5,000 deep": [`x = ${"f(".repeat(5_000)}1${")".repeat(5_000)}\nprint(x)`],
  "90 loops in one another": [
    `y = []\n${times(90, (at) => `${" ".repeat(at)}for i${at} in y:`).join("\n")}\n${" ".repeat(90)}y.append(i3)`,
  ],
  "functions that call the next one twice, 60 deep": [
    `${times(60, (at) => `def f${at}(x):\n    f${at + 1}(x)\n    f${at + 1}(x)\n`).join("")}def f60(x): x.append(1)`,
    "y = []\nf0(y)",
  ],
  "functions that call themselves and each other": [
    "def f(x):\n    x.append(f(x))\n    return g([x])\ndef g(x): return f(x)",
    "y = []\nf(y)",
  ],
  "parts of parts of unknown things, deeper with each call": [
    `from collections import defaultdict
from dataclasses import dataclass
words = open('words.txt').read().split()
def reply(guess, target):
    return ''.join(guess[i] if guess[i] == target[i] else '.' for i in range(5))
def parts(guess, targets):
    branches = defaultdict(list)
    for target in targets:
        branches[reply(guess, target)].append(target)
    return branches
@dataclass
class Node:
    guess: str
    branches: dict
def tree(targets):
    if len(targets) == 1:
        return targets[0]
    guess = min(targets, key=lambda one: len(parts(one, targets)))
    branches = parts(guess, targets)
    return Node(guess, {r: tree(branches[r]) for r in branches})
class Guesser:
    def __init__(self, tree): self.root = tree
    def __call__(self, reply):
        self.tree = self.root if reply is None else self.tree.branches[reply]
        return self.tree.guess if isinstance(self.tree, Node) else self.tree
def play(guesser, target):
    answer = None
    targets = words
    for turn in range(9):
        guess = guesser(answer)
        answer = reply(guess, target)
        targets = [one for one in targets if reply(guess, one) == answer]
    return turn`,
    "guesser = Guesser(tree(words))",
    "play(guesser, words[1])",
    "play(guesser, words[1])",
    "play(guesser, words[1])",
  ],
  "containers that hold themselves": ["y = []\ny.append(y)\nd = {'d': y}\nd['self'] = d\ny.append(d)", "print(y, d)"],
};

for (const [what, texts] of Object.entries(hostile)) {
  test(`${what} are analysed to the end`, async () => {
    const dataflow = analyseDataflow(await parseCells(texts));
    const last = dataflow.statements.at(-1);
    assert.ok(last !== undefined);
    assert.ok(dataflow.valuesAfter(last.id).size > 0);
    assert.ok(Array.isArray(dataflow.sharingAfter(last.id)));
  });
}

test("where hundreds of statements may have bound a name, the edges do not grow with their square", async () => {
  const cells = ["import os", ...times(600, (at) => `if os.sep:\n    x = ${at}\nprint(x)`)];
  const { edges, statements } = analyseDataflow(await parseCells(cells));
  assert.ok(edges.length < 60 * statements.length, `${edges.length} edges of ${statements.length} statements`);
  const needed = new Set([statements.at(-1)?.id]);
  for (const { from, to } of edges.toReversed()) if (needed.has(to)) needed.add(from);
  assert.equal(needed.size, 602, "the last reader needs every statement that may have bound the name");
});

test("where thousands of statements may have bound a name, what it may hold does not grow with them", async () => {
  const texts = ["import os", times(3000, (at) => `if os.sep:\n    x = ${at}`).join("\n"), "print(x)"];
  const dataflow = analyseDataflow(await parseCells(texts));
  const value = dataflow.valueAfter(dataflow.statements.at(-1)?.id ?? "0.0", "x");
  assert.ok(value !== undefined && value.objects.length <= 201, `${value?.objects.length} objects`);
  assert.equal(value.type, "builtins.int");
});

test("a change that is too much to follow is still a change", () =>
  parseCells(hostile["functions that call the next one twice, 60 deep"] ?? []).then((cells) => {
    const last = analyseDataflow(cells).statements.at(-1);
    assert.ok(last?.accesses.some(({ kind, place }) => kind === "change" && place.name === "y"));
  }));

for (const [what, definition] of Object.entries({
  "a function": (at: number) => `def f${at + 1}(a):\n    return f${at}(a) + 1`,
  "a method of an instance": (at: number) =>
    `class C${at}:\n    def m(self, a): return f${at}(a)\nc${at} = C${at}()\ndef f${at + 1}(a): return c${at}.m(a)`,
})) {
  test(`what the last of 100 calls of ${what} in one another reads is needed by the first`, async () => {
    const dataflow = analyseDataflow(
      await parseCells(["k = 3", "def f0(a):\n    return a + k", ...times(100, definition), "y = f100(1)"]),
    );
    const needed = sliceFor(dataflow, "y");
    assert.ok(needed.includes("0.0"), "k");
    for (const { id, node } of dataflow.statements) if (node.type === "FunctionDef") assert.ok(needed.includes(id), id);
  });
}

test("where a notebook has spent all that is followed, functions may use any name", async () => {
  const deep = times(100, (at) => `def f${at + 1}(a):\n    return f${at}(a) + 1`);
  const cells = await parseCells(["k = 3", "def f0(a):\n    return a + k", ...deep, "y = f100(1)"]);
  for (const fuel of [10, 60, 90])
    assert.ok(sliceFor(analyseDataflow(cells, { fuel }), "y").includes("0.0"), `${fuel}`);
});

test("an order that names a cell that is not there is refused", async () => {
  const cells = await parseCells(["x = 1"]);
  assert.throws(() => analyseDataflow(cells, { order: [0, 7] }), RangeError);
});
