import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sha256 as byNode } from "../../../core/src/host/sha256.ts";
import { sha256 } from "../../../core/src/text/sha256.ts";

test("a text has the same hash in Node as elsewhere", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => assert.equal(byNode(text), sha256(text))));
  // Halves of characters are no UTF-8.
  assert.equal(byNode("a\ud800b"), sha256("a\ud800b"));
  assert.equal(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
