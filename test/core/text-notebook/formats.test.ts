import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { misplacedLines, readFile, readText } from "./read-text.ts";

const fixtures = join(import.meta.dirname, "fixtures");

for (const file of globSync("{databricks,quarto}/*.{py,qmd}", { cwd: fixtures })) {
  test(`${file} is read as expected`, async () => {
    const notebook = await readFile(join(fixtures, file));
    assert.deepEqual(misplacedLines(notebook), []);
    const cells = notebook.cells.map(({ kind, source, tags, metadata: { title } }, index) => ({
      kind,
      ...(tags.length > 0 ? { tags } : {}),
      ...(title === undefined ? {} : { title }),
      line: notebook.origin?.lines[index]?.[0]?.line,
      source: source.split("\n"),
    }));
    const text = `${JSON.stringify(cells, null, 1)}\n`;
    const expected = join(fixtures, `${file}.cells.json`);
    if (process.env.REPRISE_UPDATE === "1") writeFileSync(expected, text);
    assert.equal(text, readFileSync(expected, "utf8"));
  });
}

const refused: readonly (readonly [path: string, text: string, message: RegExp])[] = [
  ["script.py", "x = 1\n", /no cells/],
  ["readme.md", "# Hello\n\n```python\nx = 1\n```\n", /no cells of MyST/],
  ["r.qmd", "```{r}\nx <- 1\n```\n", /no Python cells/],
  ["both.qmd", "```{python}\nx = 1\n```\n\n```{r}\nx <- 1\n```\n", /in r/],
];

for (const [path, text, message] of refused) {
  test(`${path} is refused with a mend: ${message}`, async () => {
    await assert.rejects(readText(text, path), (error) => {
      assert.ok(error instanceof ProblemError);
      assert.equal(error.problem.id, "RP107");
      assert.match(error.problem.message, message);
      return true;
    });
  });
}

test("a text without a name is recognised by what stands in it", async () => {
  const formats: string[] = [];
  for (const file of [
    "percent/plain.py",
    "marimo/order.py",
    "databricks/report.py",
    "myst/text.md",
    "quarto/report.qmd",
  ]) {
    const notebook = await readText(readFileSync(join(fixtures, file), "utf8"), "-");
    formats.push(notebook.origin?.format ?? "none");
  }
  assert.deepEqual(formats, ["percent", "marimo", "databricks", "myst", "quarto"]);
});

test("whatever a file holds, it is read or refused, and every line stands where the notebook says", async () => {
  const pieces = fc.constantFrom(
    "# %%\n",
    "# %% [markdown]\n",
    '"""',
    "'''",
    "# text\n",
    "x = 1\n",
    "%time y\n",
    "# %time y\n",
    "\n",
    "    ",
    "@app.cell\ndef _(a):\n",
    "    return a\n",
    "app = marimo.App()\n",
    "# COMMAND ----------\n",
    "# MAGIC %sql\n",
    "```{code-cell}\n",
    "```{python}\n",
    "```\n",
    "---\n",
    "+++ {\n",
    ":tags: [a]\n",
    "#| eval: false\n",
    "\r\n",
    "\ufeff",
    "é𝒳",
  );
  const paths = fc.constantFrom("a.py", "a.md", "a.qmd", "-");
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), paths, async (parts, path) => {
      const notebook = await readText(parts.join(""), path).catch((error: unknown) => {
        if (error instanceof ProblemError) return undefined;
        throw error;
      });
      if (notebook?.origin !== undefined) assert.deepEqual(misplacedLines(notebook), []);
    }),
    { numRuns: 500 },
  );
});

test("large and nasty files cost no more than their size", async () => {
  const hashes = "# ".repeat(200_000);
  for (const [path, text] of [
    ["a.py", `# %%\n${hashes}\n`],
    ["a.py", `# %% ${"a=".repeat(3000)}\n`],
    ["a.py", "# %%\nx = 1\n".repeat(10_000)],
    ["a.py", `# %% [markdown]\n${"# ```\n".repeat(50_000)}`],
    ["a.md", "```{code-cell}\nx\n```\n".repeat(5000)],
    ["a.py", `app = marimo.App()\n${"@app.cell\ndef _():\n    return\n".repeat(1500)}`],
  ] as const) {
    await readText(text, path);
  }
});
