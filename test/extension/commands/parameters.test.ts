import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseParameters } from "../../../extension/src/commands/parameters.ts";

test("pairs are read, with quotes around what holds spaces", () => {
  assert.deepEqual(parseParameters(' n_trees=300  title="two words" empty= list=[1,2]'), [
    ["n_trees", "300"],
    ["title", "two words"],
    ["empty", ""],
    ["list", "[1,2]"],
  ]);
  assert.deepEqual(parseParameters("  "), []);
});

test("what is no pair is refused as a whole", () => {
  for (const text of ["n_trees", "n_trees 300", "3x=1", 'a="open', "a=1 b", 'a="x"y']) {
    assert.equal(parseParameters(text), undefined, text);
  }
});

test("every list of pairs survives being written and read", () => {
  const name = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/);
  const value = fc.stringMatching(/^[^"]{0,12}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
      const text = pairs.map(([name, value]) => `${name}="${value}"`).join(" ");
      assert.deepEqual(parseParameters(text), pairs);
    }),
  );
});
