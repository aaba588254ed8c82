import assert from "node:assert/strict";
import { test } from "node:test";
import { wrapped } from "../../../cli/src/terminal/wrapped.ts";

test("a line wider than the terminal is broken between words, each piece indented like it", () => {
  assert.equal(wrapped("  one two three four", 11), "  one two\n  three\n  four");
});

test("a word that is wider than the terminal stays whole", () => {
  assert.equal(
    wrapped("see https://example.org/a/long/address now", 12),
    "see\nhttps://example.org/a/long/address\nnow",
  );
});

test("nothing is broken where there is no terminal, or where it fits", () => {
  assert.equal(wrapped("  one two three four", undefined), "  one two three four");
  assert.equal(wrapped("one two", 7), "one two");
});
