import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { conflictsIn } from "../../../../core/src/project/merge/conflict-markers.ts";
import { mergeText } from "../../../../core/src/project/merge/merge-text.ts";

const text = fc
  .array(fc.constantFrom("a = 1", "b = 2", "", "x = a + b", "# cell 3", "# cells 4 to 7", "print(x)", "  y: 1"), {
    maxLength: 12,
  })
  .map((lines) => lines.join("\n"));

test("without edits, a merge is what is generated now", () => {
  fc.assert(
    fc.property(text, text, fc.boolean(), (base, ours, prose) => {
      assert.deepEqual(mergeText({ base, theirs: base, ours }, prose), { text: ours, conflicts: [] });
    }),
  );
});

test("without a change of the notebook, a merge is what the user has", () => {
  fc.assert(
    fc.property(text, text, fc.boolean(), (base, theirs, prose) => {
      assert.deepEqual(mergeText({ base, theirs, ours: base }, prose), { text: theirs, conflicts: [] });
    }),
  );
});

test("the same edit on both sides is no conflict", () => {
  fc.assert(
    fc.property(text, text, fc.boolean(), (base, both, prose) => {
      assert.deepEqual(mergeText({ base, theirs: both, ours: both }, prose), { text: both, conflicts: [] });
    }),
  );
});

test("a merge that is merged again stays as it is", () => {
  fc.assert(
    fc.property(text, text, text, fc.boolean(), (base, theirs, ours, prose) => {
      const first = mergeText({ base, theirs, ours }, prose);
      assert.ok(first);
      assert.deepEqual(mergeText({ base: ours, theirs: first.text, ours }, prose)?.text, first.text);
    }),
  );
});

test("no line of a hand edit gets lost: it is in the merge, or was generated and is generated no longer", () => {
  fc.assert(
    fc.property(text, text, text, (base, theirs, ours) => {
      const merged = mergeText({ base, theirs, ours }, false);
      assert.ok(merged);
      const lines = merged.text.split("\n");
      const added = theirs.split("\n").filter((line) => !base.split("\n").includes(line));
      assert.deepEqual(
        added.filter((line) => !lines.includes(line)),
        [],
      );
    }),
  );
});

test("every conflict is found again by its marks", () => {
  fc.assert(
    fc.property(text, text, text, (base, theirs, ours) => {
      const merged = mergeText({ base, theirs, ours }, false);
      assert.deepEqual(conflictsIn(merged?.text ?? ""), merged?.conflicts);
    }),
  );
});

test("edits of neighbouring lines are both taken", () => {
  const merged = mergeText({ base: "a\nb\nc\n", theirs: "A\nb\nc\n", ours: "a\nB\nc\n" }, false);
  assert.deepEqual(merged, { text: "A\nB\nc\n", conflicts: [] });
});

test("a line that both changed is a conflict in code, with the three of them", () => {
  const merged = mergeText({ base: "a\nn = 1\nz", theirs: "a\nn = 2\nz", ours: "a\nn = 3\nz" }, false);
  assert.deepEqual(merged?.conflicts, [{ first: 2, last: 8 }]);
  assert.equal(
    merged?.text,
    [
      "a",
      "<<<<<<< edited by hand",
      "n = 2",
      "||||||| generated before",
      "n = 1",
      "=======",
      "n = 3",
      ">>>>>>> generated now",
      "z",
    ].join("\n"),
  );
});

test("in settings, a value and the remark behind it are edits of their own", () => {
  const base = "n_trees: 150 # int, cell 2 (tag)";
  const theirs = "n_trees: 300 # int, cell 2 (tag)";
  const ours = "n_trees: 150 # int, cell 3 (tag)";
  assert.equal(mergeText({ base, theirs, ours }, true)?.text, "n_trees: 300 # int, cell 3 (tag)");
  const both = mergeText({ base, theirs, ours: "n_trees: 200 # int, cell 2 (tag)" }, true);
  assert.equal(both?.conflicts.length, 1);
});

test("a docstring of the user's is not in conflict with cells that were counted anew", () => {
  const base = 'def f():\n    """From cells 28 to 32 of a.ipynb."""\n    x = 1\n';
  const theirs = base.replace(/""".*"""/, '"""Fit it."""');
  const ours = base.replace("28 to 32", "29 to 33");
  assert.deepEqual(mergeText({ base, theirs, ours }, false), { text: theirs, conflicts: [] });
});

test("texts that have nothing to do with each other are not merged, and that takes no minutes", () => {
  const lines = (word: string) => Array.from({ length: 20_000 }, (_, at) => `${word}${at}`).join("\n");
  assert.equal(mergeText({ base: lines("a"), theirs: lines("b"), ours: lines("c") }, false), undefined);
});
