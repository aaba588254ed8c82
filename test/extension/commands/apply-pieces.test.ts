import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fileDiff } from "../../../core/src/project/merge/file-diff.ts";
import { applyPieces } from "../../../extension/src/commands/apply-pieces.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", "", "+x", "-y", " z", "\\ n"), { maxLength: 30 });
const text = lines.map((all) => all.join("\n"));

test("the pieces of a diff make the one text of the other", () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = fileDiff({ path: "a.py", status: "updated", before, after, conflicts: [] });
      assert.equal(applyPieces(before, pieces), after);
    }),
  );
});

test("a line that stays is the file's own, where the diff shows dots for a secret", () => {
  const pieces = [{ oldStart: 1, oldLines: 2, newStart: 1, newLines: 2, lines: [' key = "••••"', "-a", "+b"] }];
  assert.equal(applyPieces('key = "s3cr3t"\na', pieces), 'key = "s3cr3t"\nb\n');
});
