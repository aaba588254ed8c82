import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { Expr, Module } from "../../../core/src/python/ast.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { ReadingBudget } from "../../../core/src/python/reading-budget.ts";
import { walk } from "../../../core/src/python/walk.ts";

const parser = await createPythonParser(loadGrammar());

/** Each statement as its type and text. */
function outline(text: string): string[] {
  return parser.parse(text).body.map((statement) => `${statement.type}: ${text.slice(statement.start, statement.end)}`);
}

function messages(text: string): string[] {
  return parser.parse(text).errors.map((error) => error.message);
}

function expression(text: string): Expr {
  const [statement] = parser.parse(text).body;
  assert.equal(statement?.type, "Expr");
  return statement.value;
}

test("offsets count UTF-16 code units, also behind characters outside the basic plane", () => {
  assert.deepEqual(outline('a = "😀🎉"; é = a  # 😀\nb'), ['Assign: a = "😀🎉"', "Assign: é = a", "Expr: b"]);
});

test("a statement that is not Python is Invalid, and those around it are kept", () => {
  assert.deepEqual(outline("a = 1\nb = foo(\nc = 2\nd = )\ne = 3"), [
    "Assign: a = 1",
    "Invalid: b = foo(",
    "Assign: c = 2",
    "Invalid: d = )",
    "Assign: e = 3",
  ]);
});

test("an error inside a function leaves the function and its other statements", () => {
  const [definition, after] = parser.parse("def f(x):\n    y = = x\n    return y\nz = 1").body;
  assert.equal(definition?.type, "FunctionDef");
  assert.deepEqual(
    definition.body.map(({ type }) => type),
    ["Invalid", "Return"],
  );
  assert.equal(after?.type, "Assign");
});

test("an invalid statement knows the names that stand in it", () => {
  const [statement] = parser.parse("total = price rate +").body;
  assert.equal(statement?.type, "Invalid");
  assert.deepEqual(
    statement.parts.map((part) => part.type === "Name" && part.id),
    ["total", "price", "rate"],
  );
});

test("a star is no operand, and belongs around the whole of an element", () => {
  assert.equal(messages("total = price ** * rate").length, 1);
  const call = expression("print(*a.b(), *c[0])");
  assert.deepEqual(call.type === "Call" && call.args.map((each) => each.type === "Starred" && each.value.type), [
    "Call",
    "Subscript",
  ]);
});

test("& binds more tightly than ^", () => {
  const value = expression("a ^ b & c");
  assert.equal(value.type === "BinOp" && value.op, "^");
});

test("statements of Python 2 are problems that say so", () => {
  for (const text of [
    "print 'x', 1",
    "print >>log, x",
    "exec code in scope",
    "raise Error, 'x'",
    "a <> b",
    "x = 0777",
    "x = 10L",
  ]) {
    assert.match(messages(text).join(), /Python 2/, text);
  }
  assert.match(messages("try:\n  pass\nexcept IOError, e:\n  pass").join(), /Python 2/);
  assert.match(messages("def f((a, b)): pass").join(), /Python 2/);
  assert.deepEqual(messages("print('x', file=log)\nexec(code)\nprint"), []);
});

test("match, case, type and print are names where they are not keywords", () => {
  const text = "match = 1\ncase = match\ntype(x).a = v\ntype[0] = 1\nprint = type\nx.match(case).type";
  assert.deepEqual(messages(text), []);
  assert.deepEqual(
    parser.parse(text).body.map(({ type }) => type),
    ["Assign", "Assign", "Assign", "Assign", "Assign", "Expr"],
  );
});

test("one starred expression in brackets is a tuple of one, in a type as elsewhere", () => {
  for (const text of ["A[*Ts]", "A[*Ts,]", "A[*B[int, ...]]"]) {
    const annotated = parser.parse(`x: ${text}`).body[0];
    assert.ok(annotated?.type === "AnnAssign");
    for (const one of [expression(text), annotated.annotation]) {
      assert.ok(one.type === "Subscript" && one.slice.type === "Tuple");
      assert.deepEqual(
        one.slice.elts.map(({ type }) => type),
        ["Starred"],
      );
    }
  }
});

test("what stands in the brackets of a with statement are its items", () => {
  for (const [text, items] of [
    ["with (a(),): pass", ["Call"]],
    ["with (a(), b as c,): pass", ["Call", "Name"]],
    ["with (a): pass", ["Name"]],
    ["with (): pass", ["Tuple"]],
  ] as const) {
    const [statement] = parser.parse(text).body;
    assert.ok(statement?.type === "With");
    assert.deepEqual(
      statement.items.map(({ context_expr }) => context_expr.type),
      items,
    );
  }
});

test("a name is bound to the whole of what stands behind it", () => {
  const call = expression("f(x := a if t else b, c)");
  assert.ok(call.type === "Call");
  const [named] = call.args;
  assert.ok(named?.type === "NamedExpr");
  assert.deepEqual([named.value.type, named.start, named.end], ["IfExp", 2, 20]);
  assert.equal(named.value.start, 7);
});

test("a pattern without brackets ends behind its last comma", () => {
  for (const pattern of ["a,", "*x, 2,", "a, b"]) {
    const text = `match m:\n    case ${pattern}:\n        pass`;
    const statement = parser.parse(text).body[0];
    assert.ok(statement?.type === "Match");
    const [one] = statement.cases;
    assert.equal(text.slice(one?.pattern.start, one?.pattern.end), pattern);
  }
});

test("type parameters and type aliases are read", () => {
  const [alias, definition] = parser.parse("type Pair[T: int, *Ts, **P] = tuple[T, T]\ndef f[T](x: T) -> T: ...").body;
  assert.equal(alias?.type, "TypeAlias");
  assert.deepEqual(
    alias.type_params.map(({ name, bound }) => [name.name, bound?.type]),
    [
      ["T", "Name"],
      ["Ts", undefined],
      ["P", undefined],
    ],
  );
  assert.equal(definition?.type === "FunctionDef" && definition.type_params[0]?.name.name, "T");
});

test("an f-string holds text and fields; quotes inside it may be its own", () => {
  const value = expression(`f"a {x!r:>{width}.2f} {{}} {y = } {d["k"]}" 'tail\\n'`);
  assert.equal(value.type, "JoinedStr");
  assert.deepEqual(
    value.values.map((part) => (part.type === "Constant" ? part.value : (part.conversion ?? part.value.type))),
    ["a ", "r", " {} y = ", "r", " ", "Subscript", "tail\n"],
  );
});

test("string literals next to each other are one constant, with escapes resolved", () => {
  const value = expression(`("a\\x41\\u00e9" r'\\n' 'b')`);
  assert.equal(value.type === "Constant" && value.value, "aAé\\nb");
  const bytes = expression(String.raw`b"\x00\u0041"`);
  assert.deepEqual(bytes.type === "Constant" && [bytes.kind, bytes.value], ["bytes", "\x00\\u0041"]);
});

test("numbers have the value that they have in Python", () => {
  const values = ["1_000", "0xFF", "0b101", "0o17", "1e3", ".5", "3j", "123456789012345678901234567890"].map((text) => {
    const value = expression(text);
    return value.type === "Constant" ? value.value : undefined;
  });
  assert.deepEqual(values, [1000, 255, 5, 15, 1000, 0.5, 3, 123456789012345678901234567890n]);
});

test("a decorated definition starts at its first decorator", () => {
  const text = "@a\n@b(1)\ndef f(): pass";
  assert.deepEqual(outline(text), [`FunctionDef: ${text}`]);
});

test("comments are kept with their places", () => {
  const text = "# one\nx = [1,  # two\n  2]\n  # three";
  assert.deepEqual(
    parser.parse(text).comments.map(({ start, end }) => text.slice(start, end)),
    ["# one", "# two", "# three"],
  );
});

const nested: Readonly<Record<string, string>> = {
  parentheses: `x = ${"(".repeat(10_000)}1${")".repeat(10_000)}`,
  "open parentheses": "(".repeat(10_000),
  lists: "[".repeat(10_000) + "]".repeat(10_000),
  sum: `${"a + ".repeat(20_000)}b`,
  attributes: `x${".y".repeat(20_000)}`,
  calls: `f${"()".repeat(20_000)}`,
  not: `${"not ".repeat(20_000)}x`,
  lambda: `${"lambda: ".repeat(10_000)}1`,
  elif: `if a:\n  b\n${"elif c:\n  d\n".repeat(5000)}`,
  conditional: `${"a if b else ".repeat(10_000)}c`,
  assignments: `${"a = ".repeat(20_000)}1`,
  patterns: `match x:\n case ${"[".repeat(5000)}${"]".repeat(5000)}: pass`,
  blocks: Array.from({ length: 1000 }, (_, depth) => `${" ".repeat(depth)}if x:\n`).join(""),
  "broken lines": "x = = 3\n".repeat(3000),
};

for (const [name, text] of Object.entries(nested)) {
  test(`deep or long input is parsed without overflow: ${name}`, () => {
    const module = parser.parse(text);
    let deepest = 0;
    for (const { depth } of walk(module)) deepest = Math.max(deepest, depth);
    assert.ok(deepest < 1500, `${deepest} levels`);
  });
}

test("names in what is nested too deeply are still there", () => {
  const module = parser.parse(`${"a + ".repeat(5000)}innermost`.split(" + ").reverse().join(" + "));
  const names = [...walk(module)].filter(({ node }) => node.type === "Name" && node.id === "innermost");
  assert.equal(names.length, 1);
});

const runs: Readonly<Record<string, { readonly text: string; readonly body: readonly string[] }>> = {
  "line continuations": {
    text: `a = 1 + ${"\\\n".repeat(50_000)} 2\nb = a`,
    body: ["Assign", "Assign"],
  },
  "line continuations with blanks between them": {
    text: `def f(x):\n    y = ${"\\\r\n  ".repeat(20_000)}x\n    return y\nz = f(1)`,
    body: ["FunctionDef", "Assign"],
  },
  "comments in a block": {
    text: `def f(x):\n${"    # comment '\n".repeat(20_000)}    return x\nz = f(1)`,
    body: ["FunctionDef", "Assign"],
  },
};

for (const [name, { text, body }] of Object.entries(runs)) {
  test(`thousands of ${name} in a row are read to their end, and are where they were`, () => {
    const module = parser.parse(text);
    assert.deepEqual(module.errors, []);
    assert.deepEqual(
      module.body.map(({ type }) => type),
      body,
    );
    assert.equal(module.comments.length, text.split("#").length - 1);
    for (const { start, end } of module.comments) assert.equal(text.slice(start, end), "# comment '");
    const last = module.body.at(-1);
    assert.equal(text.slice(last?.start, last?.end), text.split("\n").at(-1));
  });
}

test("a text is not given to the parser more often than its length allows", () => {
  const text = "x = 1\n".repeat(1000);
  const budget = new ReadingBudget(text);
  const read = budget.reader(text);
  let given = 0;
  for (let piece = read(0, noPosition); piece !== undefined; piece = read(0, noPosition)) given += piece.length;
  assert.ok(budget.isSpent);
  assert.ok(given <= 20 * text.length + 2 ** 24, `${given} characters`);
});

const noPosition = { row: 0, column: 0 };

const fragments = [
  "def f(x):",
  "\n",
  "    ",
  "x",
  " = ",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  '"',
  "'",
  '"""',
  "f'",
  ":",
  ",",
  "*",
  "**",
  "if ",
  "else",
  "for ",
  " in ",
  "lambda ",
  "@",
  "\\",
  "#",
  "print ",
  "match ",
  "case ",
  "type ",
  "async ",
  "await ",
  "class A",
  "try:",
  "except",
  "😀",
  "\t",
  "\r\n",
  "1",
  ".",
  ";",
  "->",
  ":=",
  "%",
  "!",
];

test("any text gives a module whose statements are in order and inside it", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (source) => {
      const module: Module = parser.parse(source);
      let at = 0;
      for (const statement of module.body) {
        assert.ok(statement.start >= at && statement.end >= statement.start, JSON.stringify(source));
        at = statement.end;
      }
      assert.ok(at <= source.length);
      const isInvalid = [...walk(module)].some(({ node }) => node.type === "Invalid" || node.type === "InvalidExpr");
      assert.ok(!isInvalid || module.errors.length > 0, JSON.stringify(source));
    }),
    { numRuns: 1500 },
  );
});
