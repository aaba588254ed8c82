import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { usesOfGlobal } from "../../../core/src/python/global-uses.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import type { Scope } from "../../../core/src/python/scope.ts";
import { globalNames, scopesOf } from "../../../core/src/python/scopes.ts";

const parser = await createPythonParser(loadGrammar());

test("the global names of a statement are those that its functions read too, not their own", () => {
  const [statement] = parser.parse(
    "def f(a, b=limit):\n    c = a + rate\n    return [c * x for x in rows if x < a]",
  ).body;
  assert.ok(statement);
  assert.deepEqual([...globalNames(statement)].sort(), ["f", "limit", "rate", "rows"]);
});

test("a global is named where no function or comprehension has a variable of its name", () => {
  const at = (text: string) => {
    const [statement] = parser.parse(text).body;
    assert.ok(statement);
    return usesOfGlobal(statement, "a").map(({ start }) => start);
  };
  assert.deepEqual(at("f = lambda a, b=a: a * b"), [16]);
  assert.deepEqual(at("def f(a, b=a):\n    return a"), [11]);
  assert.deepEqual(at("def f(b):\n    return a + b"), [21]);
  assert.deepEqual(at("x = [a + 1 for a in a]"), [20]);
  assert.deepEqual(at("x = [a for b in c]"), [5]);
  assert.deepEqual(at("def f():\n    a = 1\n    return lambda: a"), []);
});

test("type parameters live in a block around what has them, and their bounds and defaults in blocks of their own", () => {
  const text =
    "class Box[T: Base = int](Generic[T]):\n    def put[U](self, item: U) -> T: ...\ntype Pair[V] = tuple[V, V]";
  assert.deepEqual(shape(scopesOf(parser.parse(text))), {
    module: "Box Pair",
    inside: [
      {
        "type-parameters": "T=cell Generic=global",
        inside: [
          { "type-variable": "Base=global", inside: [] },
          { "type-variable": "int=global", inside: [] },
          {
            class: "put T=free",
            inside: [{ "type-parameters": "U T=free", inside: [{ function: "self item", inside: [] }] }],
          },
        ],
      },
      { "type-parameters": "V=cell", inside: [{ "type-alias": "tuple=global V=free", inside: [] }] },
    ],
  });
  const [box] = parser.parse(text).body;
  assert.ok(box);
  assert.deepEqual([...globalNames(box)].sort(), ["Base", "Box", "Generic", "int"]);
});

test("annotations that stay text are no references", () => {
  const names = (text: string) => [...scopesOf(parser.parse(text)).names.keys()];
  assert.deepEqual(names("def f(x: Frame): ..."), ["f", "Frame"]);
  assert.deepEqual(names("from __future__ import annotations\ndef f(x: Frame): ..."), ["annotations", "f"]);
});

test("what nests as deeply as the text is long is read all the same", () => {
  const depth = 20_000;
  for (const text of [`x = ${"a + ".repeat(depth)}b`, `x = a${".b".repeat(depth)}`, `x = a${"()".repeat(depth)}`]) {
    assert.ok(scopesOf(parser.parse(text)).names.has("a"));
  }
});

function shape(scope: Scope): object {
  const names = [...scope.names].map(([name, { home }]) => (home === "local" ? name : `${name}=${home}`));
  return { [scope.kind]: names.join(" "), inside: scope.children.map(shape) };
}
