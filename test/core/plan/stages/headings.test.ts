import assert from "node:assert/strict";
import { test } from "node:test";
import { headingOfLine } from "../../../../core/src/plan/stages/headings.ts";
import { proseBlocks } from "../../../../core/src/project/pages/prose-lines.ts";

test("a heading is read with and without the signs that close it", () => {
  assert.deepEqual(headingOfLine("## Load the data ##"), { level: 2, text: "Load the data" });
  assert.deepEqual(headingOfLine("   # C#"), { level: 1, text: "C#" });
  assert.deepEqual(headingOfLine("# #"), { level: 1, text: "" });
  assert.equal(headingOfLine("#load"), undefined);
  assert.equal(headingOfLine("####### deep"), undefined);
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
