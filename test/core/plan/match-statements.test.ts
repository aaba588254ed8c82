import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { matchStatements } from "../../../core/src/plan/edited/match-statements.ts";

const prints = (...texts: string[]) =>
  Object.fromEntries(texts.map((text, at) => [`${at}.0`, `${text.replaceAll(" ", "")} ${text}`]));
const pairs = (match: ReturnType<typeof matchStatements>) => Object.fromEntries(match.now);

test("statements are found behind new cells, and where cells were moved", () => {
  const then = prints("a = 1", "b = 2", "c = 3");
  const match = matchStatements(then, prints("new()", "c = 3", "a = 1", "b = 2"));
  assert.deepEqual(pairs(match), { "0.0": "2.0", "1.0": "3.0", "2.0": "1.0" });
  assert.deepEqual(match.added, ["0.0"]);
  assert.deepEqual(match.lost, []);
});

test("a statement that was changed is found by how it begins, in its place", () => {
  const match = matchStatements(prints("a = 1", "n = 5", "fit(n)"), prints("a = 1", "n = 6", "fit(n)"));
  assert.deepEqual(pairs(match), { "0.0": "0.0", "1.0": "1.0", "2.0": "2.0" });
  assert.deepEqual(match.changed, ["1.0"]);
});

test("a statement that is gone is told, and is not found in another", () => {
  const match = matchStatements(prints("a = 1", "b = 2"), prints("a = 1", "other()"));
  assert.deepEqual([match.lost, match.added], [["1.0"], ["1.0"]]);
});

test("of statements that are alike, each is found once", () => {
  const match = matchStatements(prints("print(x)", "print(x)"), prints("print(x)", "print(x)", "print(x)"));
  assert.deepEqual([...match.now.values()], ["0.0", "1.0"]);
  assert.deepEqual(match.added, ["2.0"]);
});

test("every statement of then is found or lost, every one of now is found or new, and each once", () => {
  const texts = fc.array(fc.constantFrom("a = 1", "a = 2", "b = a", "print(a)", "fit(b)"), { maxLength: 12 });
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const { now, lost, added } = matchStatements(prints(...one), prints(...other));
      assert.equal(new Set(now.values()).size, now.size);
      assert.equal(now.size + lost.length, one.length);
      assert.equal(now.size + added.length, other.length);
    }),
  );
});

test("a notebook that did not change is found as it was", () => {
  const texts = fc.array(fc.constantFrom("a = 1", "a = 2", "b = a", "print(a)"), { maxLength: 12 });
  fc.assert(
    fc.property(texts, (one) => {
      const { now, changed } = matchStatements(prints(...one), prints(...one));
      assert.deepEqual(changed, []);
      for (const [then, id] of now) assert.equal(then, id);
    }),
  );
});
