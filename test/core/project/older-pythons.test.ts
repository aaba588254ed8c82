import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const pages = join(import.meta.dirname, "..", "..", "..", "templates", "project", "package");

test("annotations such as dict[str, int] are not evaluated, which Python 3.8 could not", () => {
  const annotated = globSync("**/*.py.hbs", { cwd: pages }).filter((page) =>
    /\b(dict|list|tuple|set|type)\[|\| None\b/.test(readFileSync(join(pages, page), "utf8")),
  );
  assert.ok(annotated.length > 3);
  for (const page of annotated)
    assert.match(readFileSync(join(pages, page), "utf8"), /^from __future__ import annotations$/m, page);
});
