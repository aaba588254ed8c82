import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook } from "../../../core/src/rules/analyse.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";
import type { Finding } from "../../../core/src/rules/finding.ts";
import { findings, rules } from "../../../core/src/rules/index.ts";
import { ruleTexts } from "../../../core/src/rules/texts.ts";
import { notebookFromText } from "./notebook-from-text.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const docs = join(import.meta.dirname, "..", "..", "..", "docs", "rules");
const update = process.env.REPRISE_UPDATE === "1";
const parser = await createPythonParser(loadGrammar());

/** Beside a notebook may stand what a file does not say of itself: its metadata, and what somebody found around it. */
function analysed(file: string): Analysis {
  const beside = file.replace(/\.py$/, ".json");
  const { metadata, ...found } = existsSync(beside) ? JSON.parse(readFileSync(beside, "utf8")) : {};
  return { ...analyseNotebook(notebookFromText(readFileSync(file, "utf8"), file, metadata), parser), ...found };
}

/** `NB101 error hint 1:2:7 fram`: rule, severity, tier, cell:line:column, subject. */
function line({ rule, severity, tier, cell, range, subject }: Finding): string {
  return `${rule} ${severity} ${tier} ${cell}:${range.start.line}:${range.start.column} ${subject}`;
}

for (const id of readdirSync(fixtures).filter((name) => /^NB\d+$/.test(name))) {
  test(`${id} tells what its positive notebooks hold, and is silent on the negative ones`, () => {
    const folder = join(fixtures, id);
    const told: Record<string, string[]> = {};
    for (const name of readdirSync(folder)
      .filter((file) => file.endsWith(".py"))
      .sort()) {
      const found = findings(analysed(join(folder, name))).findings;
      told[name] = found.map(line);
      assert.equal(
        found.some(({ rule }) => rule === id),
        name.startsWith("positive"),
        `${name}: ${told[name].join("; ")}`,
      );
    }
    const expected = join(folder, "expected.json");
    const text = `${JSON.stringify(told, null, 2)}\n`;
    if (update) writeFileSync(expected, text);
    assert.equal(text, readFileSync(expected, "utf8"));
  });
}

test("every rule has notebooks in which it finds something, and others in which it does not", () => {
  for (const { id } of rules) {
    const names = readdirSync(join(fixtures, id));
    assert.ok(
      names.some((name) => name.startsWith("positive") && name.endsWith(".py")),
      `${id}: positive`,
    );
    assert.ok(
      names.some((name) => name.startsWith("negative") && name.endsWith(".py")),
      `${id}: negative`,
    );
  }
});

test("tidy notebooks of many kinds, and one full of traps, show no more than a hint", () => {
  const folder = join(fixtures, "tidy");
  const names = readdirSync(folder);
  assert.ok(names.length > 10);
  for (const name of names) {
    const told = findings(analysed(join(folder, name))).findings;
    assert.deepEqual(told.filter(({ tier, severity }) => tier !== "hint" || severity !== "info").map(line), [], name);
    assert.ok(told.length < 3, `${name}: ${told.map(line).join("; ")}`);
  }
});

test("every rule has a page that says what, why, how to mend, and when it is wrong", () => {
  for (const [id, { name }] of Object.entries(ruleTexts)) {
    const page = join(docs, `${id}.md`);
    assert.ok(existsSync(page), `${id} has no page`);
    const text = readFileSync(page, "utf8");
    assert.ok(text.startsWith(`# ${id} ${name}\n`), `${id}: title`);
    for (const heading of ["## Why it matters", "## Example", "## Mend", "## When it is wrong"]) {
      assert.ok(text.includes(`\n${heading}\n`), `${id}: ${heading}`);
    }
  }
});

test("rules are listed once, in the order of their ids", () => {
  const ids = rules.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
  assert.deepEqual([...ids, "NB901"], Object.keys(ruleTexts));
});

test("rules are selected and ignored by the beginning of their ids", () => {
  const analysis = analysed(join(fixtures, "NB301", "positive-services.py"));
  const ids = (options: Parameters<typeof findings>[1]) => findings(analysis, options).findings.map(({ rule }) => rule);
  assert.deepEqual(new Set(ids({})), new Set(["NB301"]));
  assert.deepEqual(ids({ select: ["NB1", "NB2"] }), []);
  assert.ok(ids({ select: ["NB3"] }).length > 0);
  assert.deepEqual(ids({ ignore: ["NB301"] }), []);
});

test("a comment on the line and a tag of the cell suppress a finding, and it is counted", () => {
  const { findings: told, suppressed } = findings(analysed(join(fixtures, "NB901", "negative-used.py")));
  assert.deepEqual(told, []);
  assert.deepEqual(
    suppressed.map(({ rule }) => rule),
    ["NB201", "NB301"],
  );
});

test("a suppression of a rule that is not asked for is not called unused", () => {
  const analysis = analysed(join(fixtures, "NB901", "positive-nothing-there.py"));
  assert.deepEqual(findings(analysis, { ignore: ["NB109", "NB204"] }).findings, []);
});

test("imports without a known version are told once, where somebody has looked for versions", () => {
  const analysis = analysed(join(fixtures, "NB501", "positive-scaler.py"));
  const told = (unpinned?: readonly string[]) =>
    findings(unpinned === undefined ? analysis : { ...analysis, unpinned }, { select: ["NB401"] }).findings.map(line);
  assert.deepEqual(told(), []);
  assert.deepEqual(told([]), []);
  assert.deepEqual(told(["sklearn", "pandas"]), ["NB401 info hint 0:1:1 sklearn, pandas"]);
});

test("what the file system says is told where somebody has looked", () => {
  const source =
    "# %% In [1]\nimport pandas as pd\nfrom utils import clean\na = pd.read_csv('a.csv')\nb = pd.read_csv('../../b.csv')";
  const analysis = analyseNotebook(notebookFromText(source, "made.ipynb"), parser);
  const surroundings = { missingFiles: ["a.csv"], outsideFiles: ["../../b.csv"], missingModules: ["utils"] };
  const options = { select: ["NB302", "NB304", "NB404"] };
  assert.deepEqual(findings(analysis, options).findings, []);
  assert.deepEqual(findings({ ...analysis, surroundings }, options).findings.map(line), [
    "NB404 warning hint 0:2:1 utils",
    "NB304 warning hint 0:3:5 a.csv",
    "NB302 warning hint 0:4:5 ../../b.csv",
  ]);
});

test("a kernel that contradicts the record, or that few machines have, is told", () => {
  const told = (kernelspec: object, language_info: object) => {
    const cells = [{ cell_type: "code", metadata: {}, execution_count: 1, source: "a = 1", outputs: [] }];
    const text = JSON.stringify({ nbformat: 4, nbformat_minor: 4, metadata: { kernelspec, language_info }, cells });
    return findings(analyseNotebook(readNotebook(text, "made.ipynb"), parser), { select: ["NB403"] }).findings.map(
      line,
    );
  };
  const python = { name: "python", version: "3.11.4" };
  assert.deepEqual(told({ name: "python3", language: "python", display_name: "Python 3" }, python), []);
  assert.deepEqual(told({ name: "python2", language: "python", display_name: "Python 2" }, python), [
    "NB403 warning proof 0:1:1 python2",
  ]);
  assert.deepEqual(told({ name: "conda-env-thesis-py", language: "python", display_name: "thesis" }, python), [
    "NB403 info hint 0:1:1 conda-env-thesis-py",
  ]);
});

test("what a library removed is told where its newest or locked version is met", () => {
  const source =
    "# %% In [1]\nimport numpy as np\nfrom sklearn.datasets import load_boston\nx = np.float(3)\ny = np.float64(3)";
  const analysis = analyseNotebook(notebookFromText(source, "made.ipynb"), parser);
  const told = (known: object) => findings({ ...analysis, ...known }, { select: ["NB405"] }).findings.map(line);
  const [boston, float] = [
    "NB405 warning hint 0:2:1 sklearn.datasets.load_boston",
    "NB405 warning hint 0:3:5 numpy.float",
  ];
  assert.deepEqual(told({}), []);
  assert.deepEqual(told({ unpinned: ["numpy", "sklearn"] }), [boston, float]);
  assert.deepEqual(told({ versions: { numpy: "1.24.0", sklearn: "1.1.3" } }), [float]);
  assert.deepEqual(told({ versions: { numpy: "1.23.5", sklearn: "1.10.0" } }), [boston]);
});

test("a token is told by its form, and never shown", () => {
  // Put together here, so that no scanner takes this file for a leak.
  const tokens = ["AKIA", "ghp_", "hf_", "AIza"].map((start) => `${start}A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7R8`);
  tokens[0] = `AKIA${"ABCDEFGH23456789"}`;
  tokens[3] = (tokens[3] ?? "").slice(0, 39);
  const source = tokens.map((token, index) => `call_${index}("${token}")`).join("\n");
  const told = findings(analyseNotebook(notebookFromText(`# %% In [1]\n${source}`, "made.ipynb"), parser), {
    select: ["NB306"],
  }).findings;
  assert.deepEqual(told.map(line), [
    "NB306 warning hint 0:1:9 an access key of Amazon Web Services",
    "NB306 warning hint 0:2:9 a token of GitHub",
    "NB306 warning hint 0:3:9 a token of Hugging Face",
    "NB306 warning hint 0:4:9 a key of Google",
  ]);
  for (const token of tokens) assert.ok(!JSON.stringify(told).includes(token));
});

test("applying the fix of a missing seed mends the finding", () => {
  for (const name of ["positive-split", "positive-model", "positive-sample", "positive-folds"]) {
    const file = join(fixtures, "NB204", `${name}.py`);
    const notebook = notebookFromText(readFileSync(file, "utf8"), file);
    const [finding] = findings(analyseNotebook(notebook, parser)).findings.filter(({ rule }) => rule === "NB204");
    const edit = finding?.fixes[0]?.edits[0];
    assert.ok(edit, name);
    const lines = (notebook.cells[edit.cell]?.source ?? "").split("\n");
    const at = edit.range.start;
    const edited = lines[at.line - 1] ?? "";
    lines[at.line - 1] = edited.slice(0, at.column - 1) + edit.text + edited.slice(at.column - 1);
    const cells = notebook.cells.map((cell) =>
      cell.index === edit.cell ? { ...cell, source: lines.join("\n") } : cell,
    );
    const mended = findings(analyseNotebook({ ...notebook, cells }, parser)).findings;
    assert.deepEqual(
      mended.filter(({ rule }) => rule === "NB204"),
      [],
      name,
    );
  }
});
