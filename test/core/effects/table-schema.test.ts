import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import type { EffectTable } from "../../../core/src/effects/table.ts";
import { tables } from "../../../core/src/effects/tables.ts";

const folder = join(import.meta.dirname, "../../../core/src/effects");
const require = createRequire(join(folder, "x.js"));
const { Ajv2020 } = require("ajv/dist/2020.js") as typeof import("ajv/dist/2020.js");
const validate = new Ajv2020({ allErrors: false, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(folder, "table.schema.json"), "utf8")) as object,
);

const files = globSync("tables/*.json", { cwd: folder }).filter((file) => !file.endsWith("star-exports.json"));

for (const file of files.sort()) {
  test(`${file} has the documented form, and is among the tables`, () => {
    const content = JSON.parse(readFileSync(join(folder, file), "utf8")) as EffectTable | EffectTable[];
    for (const table of [content].flat()) {
      assert.ok(validate(table), `${table.library}: ${JSON.stringify(validate.errors?.slice(0, 3), undefined, 1)}`);
      assert.deepEqual(tables[table.library], table);
    }
  });
}

test("a row with a word that the form does not have is refused", () => {
  assert.equal(validate({ library: "x", effects: [{ names: "f", retruns: "none" }] }), false);
  assert.equal(validate({ library: "x", effects: [{ names: "f", changes: [{ when: { inplace: true } }] }] }), false);
  assert.equal(validate({ library: "x", effects: [{ names: "f", versions: "about 3" }] }), false);
  assert.equal(validate({ library: "x", effects: [{ names: "f", versions: ">=1.2,<2" }] }), true);
});
