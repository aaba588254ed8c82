import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { StreamText } from "../../../core/src/kernel/stream-text.ts";

function shown(...chunks: string[]): string {
  const text = new StreamText();
  for (const chunk of chunks) text.add(chunk);
  return text.text;
}

test("a carriage return overwrites the line, one before a line feed does not (30)", () => {
  assert.equal(shown("50%\r100%\n"), "100%\n");
  assert.equal(shown("abcdef\rxy\n"), "xycdef\n");
  assert.equal(shown("one\r\ntwo\r\n"), "one\ntwo\n");
  assert.equal(shown("one\r", "\ntwo"), "one\ntwo");
});

test("a backspace erases a character, and never reaches into the line before (31)", () => {
  assert.equal(shown("abc\b\bd\n"), "ad\n");
  assert.equal(shown("a\n\b\bb"), "a\nb");
});

test("text is the same however it comes in pieces", () => {
  const piece = fc.string({ unit: fc.constantFrom("a", "é", "😀", "\r", "\n", "\b"), maxLength: 12 });
  fc.assert(fc.property(fc.array(piece), (pieces) => assert.equal(shown(...pieces), shown(pieces.join("")))));
});

test("text without control characters is kept as it is", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (pieces) => {
      const plain = pieces.map((piece) => piece.replace(/[\r\b]/g, ""));
      assert.equal(shown(...plain), plain.join(""));
    }),
  );
});
