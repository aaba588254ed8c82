import assert from "node:assert/strict";
import { test } from "node:test";
import { isCodeAsText } from "../../../../core/src/plan/stages/code-as-text.ts";

test("a text cell that is nothing but Python is a code cell made text", () => {
  for (const source of [
    "df = df.dropna()",
    "# Clean the rows\ndf = df.dropna()\ndf.head()",
    "for name in names:\n    print(name)",
    "import numpy as np\nfrom os import path",
    "grid = GridSearchCV(\n    model,\n    {'depth': [1, 2]},\n)\ngrid.fit(X, y)",
    "train['a b'], test[0] = split(rows)  # two parts",
  ])
    assert.ok(isCodeAsText(source), source);
});

test("sentences, headings, lists, formulas and tables are none", () => {
  for (const source of [
    "",
    "# Load the data",
    "k=5 this time.",
    "Author = Alex Galea",
    "Import the libraries (numpy, pandas)",
    "# Title\nmodel.fit(X, y)",
    "We call `df.head()`:\n\ndf.head()",
    "- train.csv\n- test.csv",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "$x = 5$",
    "for example:",
    "https://example.org/a(b)",
  ])
    assert.ok(!isCodeAsText(source), source);
});

test("a text of any length is read in time that grows with it", () => {
  for (const piece of ["a", "a[", "a,", "a.", "a = ", "(", "[]", "'", " "])
    assert.equal(typeof isCodeAsText(piece.repeat(300_000)), "boolean");
});
