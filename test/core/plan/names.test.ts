import assert from "node:assert/strict";
import { test } from "node:test";
import { snakeCase } from "../../../core/src/plan/names.ts";

test("an apostrophe is no gap in a word, a quotation mark is", () => {
  const names: Readonly<Record<string, string>> = {
    "Simpson's Paradox": "simpsons_paradox",
    "Don’t repeat": "dont_repeat",
    "df['sales']": "df_sales",
    "L'hiver": "l_hiver",
    "'s' and 't'": "s_and_t",
  };
  for (const [text, name] of Object.entries(names)) assert.equal(snakeCase(text), name, text);
});
