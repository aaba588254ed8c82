import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { EffectCatalog } from "../../../core/src/effects/catalog.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const unknownFile = join(fixtures, "frequent-calls-unknown.txt");

test("calls that notebooks make often are known, but for those that are listed as unknown", () => {
  const catalog = new EffectCatalog();
  const lines = readFileSync(join(fixtures, "frequent-calls.txt"), "utf8").split("\n");
  const unknown = lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .flatMap((line) => {
      const [owner, ...names] = line.split(" ");
      const missing = names.filter((name) => catalog.lookup(`${owner}.${name}`) === undefined);
      return missing.length === 0 ? [] : [[owner, ...missing].join(" ")];
    });
  const text = `# Of the frequent calls, those that no table knows: they are taken to change whatever they are given.\n${unknown.join("\n")}\n`;
  if (process.env.REPRISE_UPDATE === "1") writeFileSync(unknownFile, text);
  assert.equal(text, readFileSync(unknownFile, "utf8"));
});
