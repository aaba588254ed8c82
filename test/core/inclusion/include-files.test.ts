import assert from "node:assert/strict";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { ReadProjectFile } from "../../../core/src/inclusion/inclusion.ts";
import { inclusionAt, inclusionsOf, unfollowedIn } from "../../../core/src/inclusion/inclusion.ts";
import { readCell } from "../../../core/src/inclusion/read-cell.ts";
import { withWrittenFiles } from "../../../core/src/inclusion/written-files.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";

const parser = await createPythonParser(loadGrammar());

function files(texts: Readonly<Record<string, string>>): ReadProjectFile {
  return (path) => {
    const text = texts[path];
    return text === undefined ? { why: `${path} is not there` } : { text };
  };
}

function notebookOf(...sources: readonly string[]): string {
  const cells = sources.map((source) => ({
    cell_type: "code",
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  return JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: {}, cells });
}

test("a script that a cell runs stands in the place of the statement that runs it", () => {
  const { translation, module } = readCell(
    "a = 1\n%run helper.py\nb = f(a)\n",
    3,
    parser,
    files({ "helper.py": "import os\ndef f(x):\n    return x\n" }),
  );
  assert.equal(translation.python, "a = 1\nimport os\ndef f(x):\n    return x\nb = f(a)\n");
  assert.deepEqual(
    module.body.map(({ type }) => type),
    ["Assign", "Import", "FunctionDef", "Assign"],
  );
  assert.deepEqual(translation.commands, []);
  const [inclusion] = inclusionsOf(translation);
  assert.equal(inclusion?.path, "helper.py");
  assert.equal(inclusion?.sharesNames, false);
});

test("offsets in what was put in lead to the statement that runs it, and all others to themselves", () => {
  const source = "a = 1\n%run helper\nb = 2\n";
  const { translation } = readCell(source, 0, parser, files({ "helper.py": "x = 10\ny = 20\n" }));
  const at = (text: string) => translation.toSource(translation.python.indexOf(text));
  assert.equal(at("a = 1"), 0);
  assert.equal(at("x = 10"), 6);
  assert.equal(at("y = 20"), 6);
  assert.equal(at("b = 2"), source.indexOf("b = 2"));
  assert.equal(translation.toPython(source.indexOf("b = 2")), translation.python.indexOf("b = 2"));
  assert.equal(inclusionAt(translation, translation.python.indexOf("y = 20"))?.path, "helper.py");
  assert.equal(inclusionAt(translation, translation.python.indexOf("b = 2")), undefined);
});

test("another notebook is run cell by cell in the notebook's own names, and shows nothing by itself", () => {
  const other = notebookOf("%matplotlib inline\nx = 1", "x");
  const { translation } = readCell("%run other.ipynb", 0, parser, files({ "other.ipynb": other }));
  assert.match(translation.python, /^get_ipython\(\)\.run_line_magic\('matplotlib', 'inline'\)\nx = 1\nx;$/);
  assert.equal(inclusionsOf(translation)[0]?.sharesNames, true);
  const [magic] = translation.commands;
  assert.equal(
    translation.python.slice(magic?.pythonSpan.start, magic?.pythonSpan.end).startsWith("get_ipython"),
    true,
  );
});

test("files that are run by files are followed too", () => {
  const read = files({
    "one.ipynb": notebookOf("%run two.py", "a = b"),
    "two.py": "exec(open('three.py').read())\n",
    "three.py": "b = 1\n",
  });
  const { translation } = readCell("%run one.ipynb\nprint(a)", 0, parser, read);
  assert.equal(translation.python, "b = 1\na = b\nprint(a)");
});

test("exec of a file that is read is such a run", () => {
  const read = files({ "x.py": "a = 1\n" });
  for (const code of [
    "exec(open('x.py').read())",
    "exec(Path('x.py').read_text())",
    "exec(compile(open('x.py').read(), 'x.py', 'exec'))",
    "%run -i x.py",
    "%run x.py  # a remark",
    "%run x.py #remark",
    "%run './x.py'",
  ]) {
    const { translation } = readCell(code, 0, parser, read);
    assert.equal(translation.python, "a = 1", code);
  }
});

const unclear: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  ["%run gone.py", {}, /gone\.py is not there/],
  ["%run {name}.py", {}, /only known while the notebook runs/],
  ["%run a.py --epochs 3", { "a.py": "x = 1" }, /given arguments/],
  ["%run -p a.py", { "a.py": "x = 1" }, /-p makes %run do something else/],
  ["%run a.py", { "a.py": "import sys\nprint(sys.argv)" }, /reads its command line/],
  ["%run a.py  # a remark", { "a.py": "from sys import argv\nprint(argv)" }, /reads its command line/],
  ["%run a.py", { "a.py": "import fire\nfire.Fire(print)" }, /reads its command line/],
  ["%run a.py '# no remark'", { "a.py": "x = 1" }, /given arguments/],
  ["%run a.py", { "a.py": "here = __file__" }, /where it lies/],
  ["%run a.py", { "a.py": "print 'old'" }, /is not Python 3/],
  ["%run a.ipynb", { "a.ipynb": "{" }, /cannot be read as a notebook/],
  ["%run a.py", { "a.py": "#".repeat(1_100_000) }, /more than 1 MB/],
];

for (const [code, texts, why] of unclear) {
  test(`${code} stays as it is, with the reason: ${why.source}`, () => {
    const { translation } = readCell(`${code}\nz = 1`, 0, parser, files(texts));
    assert.match(translation.python, /run_line_magic\('run'/);
    assert.equal(unfollowedIn(translation).length, 1);
    assert.match(unfollowedIn(translation)[0]?.why ?? "", why);
    assert.notEqual(unfollowedIn(translation)[0]?.mend, "");
  });
}

test("files that run one another are followed no further than once around", () => {
  const read = files({ "a.ipynb": notebookOf("%run b.ipynb"), "b.ipynb": notebookOf("%run a.ipynb") });
  const { translation } = readCell("%run a.ipynb", 0, parser, read);
  assert.match(translation.python, /run_line_magic\('run', 'a\.ipynb'\)/);
  assert.match(unfollowedIn(translation)[0]?.why ?? "", /a\.ipynb runs b\.ipynb runs a\.ipynb: they run one another/);
});

test("a file that a cell of the notebook writes is read from that cell", () => {
  const cells = [{ source: "%%writefile made.py\nq = 1\n", index: 0 }];
  const { translation } = readCell("%run made.py", 1, parser, withWrittenFiles(cells, files({ "made.py": "old = 1" })));
  assert.equal(translation.python, "q = 1");
  const twice = [...cells, { source: "%%writefile -a made.py\nr = 1\n", index: 1 }];
  const unsure = readCell("%run made.py", 2, parser, withWrittenFiles(twice, files({})));
  assert.match(unfollowedIn(unsure.translation)[0]?.why ?? "", /in pieces, or more than once/);
});

test("a script's docstring is not part of what it does", () => {
  const { translation } = readCell("%run a.py", 0, parser, files({ "a.py": '"""About a."""\nx = 1\n' }));
  assert.equal(translation.python.trim(), "x = 1");
});

test("a file that runs below a condition stands there, indented, but for the lines inside of its texts", () => {
  const helper = 'import os\nNOTE = """one\ntwo"""\n\n\ndef f(x):\n    """Doc\n    string."""\n    return x\n';
  const source = "try:\n    import fast\nexcept ImportError:\n    %run helper.py\n    done = True\n";
  const { translation, module } = readCell(source, 0, parser, files({ "helper.py": helper }));
  assert.equal(
    translation.python,
    'try:\n    import fast\nexcept ImportError:\n    import os\n    NOTE = """one\ntwo"""\n\n\n    def f(x):\n        """Doc\n    string."""\n        return x\n    done = True\n',
  );
  assert.deepEqual(module.errors, []);
  const at = (text: string) => translation.toSource(translation.python.indexOf(text));
  assert.equal(at("return x"), source.indexOf("%run"));
  assert.equal(at("done"), source.indexOf("done"));
  assert.equal(inclusionsOf(translation)[0]?.path, "helper.py");
});

test("a file without statements leaves a block that is one, and what a file runs inside of it is followed", () => {
  const texts = { "empty.py": "# nothing\n", "outer.py": "if a:\n    %run empty.py\nb = 2\n" };
  const { translation, module } = readCell("a = 1\nwhile a:\n    %run outer.ipy\n", 0, parser, (path) =>
    files(texts)(path.replace(".ipy", ".py")),
  );
  assert.deepEqual(module.errors, []);
  assert.match(translation.python, /^a = 1\nwhile a:\n {4}if a:\n {8}pass\n {8}# nothing\n {4}b = 2/);
  assert.equal(unfollowedIn(translation).length, 0);
});

test("a file that runs on a line with other code, and one in a function, are not followed", () => {
  const text = "if a: exec(open('x.py').read())\n";
  const { translation } = readCell(text, 0, parser, files({ "x.py": "y = 1\nz = 2\n" }));
  assert.equal(translation.python, text);
  assert.match(unfollowedIn(translation)[0]?.why ?? "", /behind other code/);
  const inside = readCell("def f():\n    exec(open('x.py').read())\n", 0, parser, files({ "x.py": "y = 1\n" }));
  assert.equal(inclusionsOf(inside.translation).length, 0);
});
