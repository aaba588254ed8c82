import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ProblemError } from "../../../core/src/problem/problem.ts";
import { secretForms } from "../../../core/src/secret/secret-forms.ts";
import { SecretMask } from "../../../core/src/secret/secret-mask.ts";

/** Letters that every form writes in its own way. */
const letters = fc.constantFrom(...("abAB01 +/%&<>\"'\\\n=?üñ€😀_-".match(/./gsu) ?? []));
const secret = fc.array(letters, { minLength: 4, maxLength: 24 }).map((parts) => parts.join(""));
const around = fc.array(fc.oneof(letters, secret), { maxLength: 12 }).map((parts) => parts.join(""));

describe("a secret", () => {
  test("is hidden in every form in which programs write it", () => {
    fc.assert(
      fc.property(secret, around, around, (value, before, behind) => {
        const mask = new SecretMask({ TOKEN: value });
        const bytes = Buffer.from(before + value + behind);
        const texts = [
          before + value + behind,
          JSON.stringify({ [value]: [before, value] }),
          encodeURIComponent(value),
          encodeURI(value),
          new URLSearchParams({ token: value }).toString().slice("token=".length),
          bytes.toString("hex"),
        ];
        for (const text of texts) {
          for (const form of secretForms(value))
            assert.ok(!mask.text(text).includes(form), `${form} in ${mask.text(text)}`);
        }
        // In base64 the bytes at its borders also hold bits of what stands beside it.
        if (Buffer.from(value).length < 8) return;
        const decoded = Buffer.from(mask.text(bytes.toString("base64")).replaceAll("***", "===="), "base64").toString();
        assert.ok(!decoded.includes(value), decoded);
      }),
    );
  });

  test("is hidden in what comes in pieces, wherever they are cut", () => {
    const secrets = fc.array(secret, { minLength: 1, maxLength: 3 });
    const parts = fc.array(fc.oneof(fc.nat({ max: 8 }), around), { maxLength: 10 });
    fc.assert(
      fc.property(secrets, parts, fc.array(fc.nat({ max: 9 }), { minLength: 1 }), (values, pieces, cuts) => {
        const mask = new SecretMask(Object.fromEntries(values.map((value, index) => [`S${index}`, value])));
        const text = pieces
          .map((piece) => (typeof piece === "string" ? piece : values[piece % values.length]))
          .join("");
        const stream = mask.stream();
        let out = "";
        let cut = 0;
        for (let at = 0; at < text.length; cut++) {
          const end = at + (cuts[cut % cuts.length] ?? 1) + (cuts.every((length) => length === 0) ? 1 : 0);
          out += stream.push(text.slice(at, end));
          at = end;
        }
        assert.equal(out + stream.flush(), mask.text(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("is hidden where it overlaps itself or another one", () => {
    const mask = new SecretMask({ A: "abab", B: "bcde" });
    assert.equal(mask.text("xababab-abcde"), "x***-a***");
    const stream = mask.stream();
    const pieces = ["xab", "ab", "a", "b", "-abc", "de"].map((piece) => stream.push(piece));
    assert.equal(pieces.join("") + stream.flush(), "x***-a***");
  });

  test("of several lines is hidden line by line too", () => {
    const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQ\n-----END KEY-----";
    const mask = new SecretMask({ KEY: key });
    assert.equal(mask.text(`> MIIEvQIBADANBgkqhkiG9w0BAQEFAASC <`), "> *** <");
  });

  test("is hidden in plain data, in names of fields too; the rest stays what it is", () => {
    const mask = new SecretMask({ A: "hunter22" });
    const data = { "hunter22 x": [1, null, true, "a hunter22"], other: { deep: "ok" } };
    assert.deepEqual(mask.value(data), { "*** x": [1, null, true, "a ***"], other: { deep: "ok" } });
  });

  test("that is too short to be hidden is refused", () => {
    for (const value of ["", "abc"]) {
      assert.throws(
        () => new SecretMask({ PIN: value }),
        (error) => error instanceof ProblemError && error.problem.id === "RP148" && !error.message.includes("abc"),
      );
    }
  });
});

test("ten megabytes in twenty thousand pieces do not keep a long key from being hidden", () => {
  const key = Array.from({ length: 50 }, (_, line) => Buffer.alloc(48, line + 33).toString("base64")).join("\n");
  const stream = new SecretMask({ KEY: key }).stream();
  const piece = `${"x".repeat(400)}\n`;
  let length = 0;
  for (let count = 0; count < 20_000; count++) length += stream.push(piece).length;
  const end = stream.push(key.slice(0, 1000)) + stream.push(key.slice(1000)) + stream.flush();
  assert.equal(length, 20_000 * piece.length);
  assert.equal(end, "***");
});
