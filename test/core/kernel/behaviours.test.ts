import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const tests = join(import.meta.dirname, "..", "..");

/** The numbers at the end of tests' names: `(4)`, `(5, 6)`, `(37 to 40)`. */
function numbersIn(text: string): readonly number[] {
  const names = text.matchAll(/\btest\(\s*(["'`])((?:(?!\1)[^\\]|\\.)*)\1/g);
  return [...names].flatMap(([, , name = ""]) => {
    const list = /\((\d[\d, to]*)\)$/.exec(name)?.[1] ?? "";
    return list.split(", ").flatMap((part) => {
      const [first = Number.NaN, last = first] = part.split(" to ").map(Number);
      return first > 0 ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : [];
    });
  });
}

test("each behaviour of a runner has a test that names its number, and no test names another", () => {
  const known = Object.keys(JSON.parse(readFileSync(join(import.meta.dirname, "behaviours.json"), "utf8"))).map(Number);
  const folders = ["core/kernel", "core/engine", "core/run", "cli"];
  const named = folders.flatMap((folder) =>
    globSync(join(tests, folder, "**", "*.test.ts")).flatMap((file) => numbersIn(readFileSync(file, "utf8"))),
  );
  assert.deepEqual(
    known.filter((number) => !named.includes(number)),
    [],
    "without a test",
  );
  assert.deepEqual(
    named.filter((number) => !known.includes(number)),
    [],
    "not in the list",
  );
});
