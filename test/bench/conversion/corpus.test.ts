import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openConverter } from "./converter.ts";
import { generated } from "./corpus.ts";
import { notebookPath } from "./subject.ts";

test("a seed writes the same notebooks again, and those written as people write are converted to several stages", async (context) => {
  const work = mkdtempSync(join(tmpdir(), "reprise-corpus-"));
  context.after(() => rmSync(work, { recursive: true, force: true }));
  const [once, again] = ["once", "again"].map((name) => generated(7, 1, join(work, name)));
  const texts = (subjects = once) => subjects?.map((subject) => readFileSync(notebookPath(subject), "utf8"));
  assert.deepEqual(texts(once), texts(again));
  const converter = await openConverter();
  for (const subject of (once ?? []).filter(({ group }) => group === "written")) {
    const conversion = await converter.convert(subject, converter.analyse(subject));
    assert.equal(conversion.outcome, "converted", subject.name);
    if (conversion.outcome === "converted") assert.ok(conversion.plan.stages.length > 1, subject.name);
  }
});
