import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { readLocalModules } from "../../../core/src/environment/needs/local-modules.ts";
import { requestFor } from "../../../core/src/environment/notebook-environment.ts";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";

const parser = await createPythonParser(loadGrammar());

function analysed(...sources: readonly string[]) {
  const cells = sources.map((source) => ({
    cell_type: "code",
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });
  return analyseNotebook(readNotebook(text, "n.ipynb"), parser).document;
}

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "reprise-local-modules-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test("the modules beside a notebook that it imports come along, with what these import", () => {
  const folder = mkdtempSync(join(tmpdir(), "reprise-local-modules-"));
  mkdirSync(join(folder, "helpers"));
  writeFileSync(join(folder, "helpers", "__init__.py"), "from .text import describe\nimport shared\n");
  writeFileSync(join(folder, "helpers", "text.py"), "def describe(): ...\n");
  writeFileSync(join(folder, "shared.py"), "LIMIT = 3\n");
  writeFileSync(join(folder, "unused.py"), "");
  const document = analysed("import helpers, numpy");
  assert.deepEqual([...readLocalModules(document, folder, parser).files.keys()].sort(), [
    "helpers/__init__.py",
    "helpers/text.py",
    "shared.py",
  ]);
});

const ways: readonly string[] = [
  "import sys\nsys.path.append('../src')",
  "import sys, os\nsys.path.insert(0, os.path.abspath(os.path.join('..', 'src')))",
  "import os, sys\nmodule_path = os.path.abspath(os.path.join('../src'))\nif module_path not in sys.path:\n    sys.path.append(module_path)",
  "import sys\nfrom pathlib import Path\nsys.path.append(str(Path.cwd().parent / 'src'))",
];

for (const way of ways) {
  test(`modules are found in a folder of the project that is put on the search path: ${way.split("\n").at(-1)}`, () => {
    const root = folderOf({ "pyproject.toml": "", "src/tools.py": "A = 1\n", "notebooks/n.ipynb": "" });
    const { files } = readLocalModules(analysed(`${way}\nfrom tools import A`), join(root, "notebooks"), parser);
    assert.deepEqual([...files], [["tools.py", "A = 1\n"]]);
  });
}

test("the search for modules does not leave the project", () => {
  const root = folderOf({ "src/tools.py": "A = 1\n", "project/.git/HEAD": "", "project/n.ipynb": "" });
  const document = analysed("import sys\nsys.path.append('../src')\nfrom tools import A");
  assert.deepEqual([...readLocalModules(document, join(root, "project"), parser).files], []);
});

test("where nothing marks a project, it is what the folder above the notebook's holds", () => {
  const root = folderOf({ "src/tools.py": "A = 1\n", "notebooks/n.ipynb": "" });
  const document = analysed("import sys\nsys.path.append('..')\nsys.path.append('../src')\nfrom tools import A");
  const { files, areComplete } = readLocalModules(document, join(root, "notebooks"), parser);
  assert.deepEqual([...files.keys()], ["tools.py"]);
  assert.equal(areComplete, true);
});

test("a module that is imported from elsewhere is told of, and none that is installed", () => {
  const elsewhere = folderOf({ "tools/__init__.py": "", "site-packages/numpy/__init__.py": "" });
  const root = folderOf({ "project/.git/HEAD": "", "project/n.ipynb": "" });
  const paths = `import sys\nsys.path.append('${elsewhere}')\nsys.path.append('${elsewhere}/site-packages')\n`;
  const { leftBehind, areComplete } = readLocalModules(
    analysed(`${paths}import numpy, tools, scipy`),
    join(root, "project"),
    parser,
  );
  assert.deepEqual(leftBehind, [
    `\`tools\` is imported from ${elsewhere}, which is not in the notebook's project, and does not come along: copy it into src/.`,
  ]);
  assert.equal(areComplete, false);
});

for (const doubtful of [
  "sys.path.append(find_folder())",
  "sys.path.extend(['..'])",
  "sys.path[0:0] = ['..']",
  "f(sys.path)",
]) {
  test(`it is not known where modules come from: ${doubtful}`, () => {
    const folder = folderOf({ "n.ipynb": "" });
    assert.equal(readLocalModules(analysed(`import sys\n${doubtful}`), folder, parser).areComplete, false);
  });
}

test("what modules of the project import is needed, and they themselves are not", async () => {
  const folder = folderOf({
    "helpers.py":
      "import pandas as pd\ntry:\n    import strange_speedup\nexcept ImportError:\n    pass\nfrom more import x\npd.read_parquet('a')\n",
    "more.py": "import scipy.stats\nx = 1\n",
  });
  const text = JSON.stringify({
    cells: [{ cell_type: "code", metadata: {}, source: "import helpers", outputs: [], execution_count: null }],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 4,
  });
  const notebook = readNotebook(text, join(folder, "n.ipynb"));
  const asked = await requestFor(notebook, analyseNotebook(notebook, parser).document);
  assert.deepEqual(asked.kind === "request" ? asked.request.requirements : [], ["pandas", "pyarrow", "scipy"]);
});

test("a notebook that is imported comes along as a module", () => {
  const cell = (source: string) => ({ cell_type: "code", metadata: {}, source, outputs: [], execution_count: null });
  const tools = JSON.stringify({
    cells: [
      cell("%matplotlib inline\nimport math\nscale = 2"),
      cell("# doubles\ndef double(x):\n    return scale * x"),
      cell("LIMIT = 3; double(LIMIT)"),
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 4,
  });
  const folder = folderOf({ "tools.ipynb": tools });
  const whole =
    '"""Made of tools.ipynb."""\n\nimport math\nscale = 2\n\n# doubles\ndef double(x):\n    return scale * x\n\nLIMIT = 3; double(LIMIT)\n';
  for (const way of ["import import_ipynb\nimport tools", "from ipynb.fs.full.tools import double"]) {
    assert.deepEqual([...readLocalModules(analysed(way), folder, parser).files], [["tools.py", whole]], way);
  }
  const defined =
    '"""Made of tools.ipynb."""\n\nimport math\n\n# doubles\ndef double(x):\n    return scale * x\n\nLIMIT = 3;\n';
  const { files } = readLocalModules(analysed("from ipynb.fs.defs.tools import double"), folder, parser);
  assert.deepEqual([...files], [["tools.py", defined]]);
  assert.deepEqual([...readLocalModules(analysed("import tools"), folder, parser).files], []);
});

test("the files that modules read from where they lie come along; what is too large is told", () => {
  const folder = folderOf({
    "helpers/__init__.py": "from importlib.resources import files\nWORDS = files('helpers') / 'words.txt'\n",
    "helpers/words.txt": "a\n",
    "helpers/maps/codes.json": "{}\n",
    "helpers/.cache": "",
    "helpers/__pycache__/x.pyc": "",
    "single.py":
      "from pathlib import Path\nHERE = Path(__file__).parent\nLIMITS = (HERE / 'limits.json').read_text()\n",
    "limits.json": "{}",
    "unused.json": "{}",
    "plain.py": "LIMITS = open('limits.json')\n",
  });
  writeFileSync(join(folder, "helpers", "weights.bin"), Buffer.alloc(21_000_000));
  const found = readLocalModules(analysed("import helpers, single, plain"), folder, parser);
  assert.deepEqual(
    [...found.data].sort(),
    ["helpers/maps/codes.json", "helpers/words.txt", "limits.json"].map((path) => [path, join(folder, path)]),
  );
  assert.deepEqual(found.leftBehind, [
    "helpers/weights.bin (21 MB) stays where it is: copy it to src/helpers/weights.bin.",
  ]);
});
