import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { alignedLines } from "../../../core/src/project/line-alignment.ts";

test("a line that the formatter only moved or quoted anew is known exactly", () => {
  const source = ["for name in names:", "    # each one", "    print( name, 'x' )", "    count()"];
  const generated = ["    for name in names:", "        # each one", '        print(name, "x")', "        count()"];
  assert.deepEqual(alignedLines(generated, source), [{ first: 0, last: 3, sourceFirst: 0, sourceLast: 3 }]);
});

test("lines that one line was broken into are all that line", () => {
  const source = ["if ready:", "    fit(first, second, third)", "    done()"];
  const generated = ["if ready:", "    fit(", "        first,", "        second,", "    )", "    done()"];
  assert.deepEqual(alignedLines(generated, source), [
    { first: 0, last: 0, sourceFirst: 0, sourceLast: 0 },
    { first: 1, last: 4, sourceFirst: 1, sourceLast: 1 },
    { first: 5, last: 5, sourceFirst: 2, sourceLast: 2 },
  ]);
});

test("a line that is found nowhere may be any of its statement", () => {
  assert.deepEqual(alignedLines(["kept = f(x)", "print(kept)"], ["print(", "    f(x)", ")"]), [
    { first: 0, last: 1, sourceFirst: 0, sourceLast: 2 },
  ]);
});

test("every generated line has exactly one place, and it is one of the source", () => {
  const lines = fc.array(fc.constantFrom("a", "b(", ")", "c = 1", ""), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (generated, source) => {
      const pieces = alignedLines(generated, source);
      const covered = pieces.flatMap(({ first, last }) =>
        Array.from({ length: last - first + 1 }, (_, at) => first + at),
      );
      assert.deepEqual(covered, [...generated.keys()]);
      for (const { sourceFirst, sourceLast } of pieces) {
        assert.ok(0 <= sourceFirst && sourceFirst <= sourceLast && sourceLast < source.length);
      }
    }),
  );
});
