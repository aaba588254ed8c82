import assert from "node:assert/strict";
import { test } from "node:test";
import { namesOfHeading } from "../../../../core/src/plan/stages/heading-names.ts";
import { headingOfLine, withoutNumber } from "../../../../core/src/plan/stages/headings.ts";
import { proseBlocks } from "../../../../core/src/project/pages/prose-lines.ts";

test("a heading is read with and without the signs that close it", () => {
  assert.deepEqual(headingOfLine("## Load the data ##"), { level: 2, text: "Load the data" });
  assert.deepEqual(headingOfLine("   # C#"), { level: 1, text: "C#" });
  assert.deepEqual(headingOfLine("# #"), { level: 1, text: "" });
  assert.equal(headingOfLine("#load"), undefined);
  assert.equal(headingOfLine("####### deep"), undefined);
});

test("the number of a step is no part of what it is called", () => {
  const texts: Readonly<Record<string, string>> = {
    "Step 2: Data setup": "Data setup",
    "Part II - A/B test": "A/B test",
    "2️⃣ Clean": "Clean",
    "2.1 Clean": "Clean",
    "b) Clean": "Clean",
    "Step by step": "Step by step",
    "Part 3": "Part 3",
    "Phase-locked loops": "Phase-locked loops",
    "3D plots": "3D plots",
  };
  for (const [heading, text] of Object.entries(texts)) assert.equal(withoutNumber(heading), text, heading);
});

test("what stands before a colon names a stage, unless it only counts or says that something comes", () => {
  const first: Readonly<Record<string, string>> = {
    "Simpson's paradox: two restaurants": "simpsons_paradox",
    "Solution Strategy 2: Time-Dependent Input": "time_dependent_input",
    "Strategy III: Periodic Dosing": "periodic_dosing",
    "Example: California Housing": "california_housing",
    "Clustering: k-means": "clustering",
  };
  for (const [heading, name] of Object.entries(first)) assert.equal(namesOfHeading(heading)[0], name, heading);
  assert.ok(namesOfHeading("Simpson's paradox: two restaurants").includes("two_restaurants"));
});

// Each of these took a regular expression hours.
test("lines of nothing but blanks, signs and brackets are read to their end", () => {
  const long = 100_000;
  for (const piece of [" ", "# ", "<", "[", "![", "<!--", "**", "*a ", "_"]) {
    const line = `# ${piece.repeat(long)}x ${" ".repeat(long)}y`;
    assert.equal(headingOfLine(line)?.level, 1);
    assert.ok(proseBlocks(`${line}\n${piece.repeat(1500)}\n\nA sentence.`).length > 0);
  }
});
