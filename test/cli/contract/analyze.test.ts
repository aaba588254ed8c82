import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { reprise } from "../../support/cli.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { failed, messy, testCalls, tidy } from "./calls.ts";

const colours = new RegExp(`${String.fromCharCode(27)}\\[`);

testCalls([
  {
    name: "findings are text with cell, line and column",
    args: "analyze messy.ipynb",
    exit: 1,
    says: /messy\.ipynb:cell 1:2:7 {2}NB101/,
  },
  { name: "text that is no terminal's has no colours", args: "analyze messy.ipynb", exit: 1, saysNot: colours },
  {
    name: "a clean notebook is said to be",
    args: "analyze tidy.ipynb --json",
    exit: 0,
    fields: {
      schema: "reprise.analyze/1",
      outcome: "clean",
      notebooks: [{ path: "tidy.ipynb", language: "python", codeCells: 3, findings: [], suppressed: 0 }],
    },
  },
  {
    name: "--format json is --json",
    args: "analyze tidy.ipynb --format json",
    exit: 0,
    fields: { schema: "reprise.analyze/1", outcome: "clean" },
  },
  {
    name: "only what is at or above --fail-on fails",
    args: "analyze messy.ipynb --json --fail-on never",
    exit: 0,
    fields: { outcome: "findings" },
  },
  {
    name: "a warning does not fail at error",
    args: "analyze messy.ipynb --json --fail-on error --ignore NB101",
    exit: 0,
    fields: { outcome: "findings" },
  },
  {
    name: "--select takes the beginnings of ids",
    args: "analyze messy.ipynb --select NB1 --json",
    exit: 1,
    says: /NB101/,
    saysNot: /NB201/,
  },
  {
    name: "--ignore leaves rules out",
    args: "analyze messy.ipynb --ignore NB101,NB2 --json",
    exit: 0,
    fields: { outcome: "clean" },
  },
  {
    name: "a rule that there is not is refused",
    args: "analyze messy.ipynb --select NB777 --json",
    exit: 2,
    fields: failed("RP141"),
  },
  { name: "the document's order is analysed", args: "analyze reordered.ipynb --json", exit: 1, says: /NB10\d/ },
  {
    name: "the recorded order is analysed where it is asked for",
    args: "analyze reordered.ipynb --order recorded --json --select NB102",
    exit: 0,
    fields: { outcome: "clean" },
  },
  {
    name: "GitHub gets annotations",
    args: "analyze messy.ipynb --format github",
    exit: 1,
    says: /^::error file=messy\.ipynb,line=1,[^:]*title=NB101 [^:]*::/m,
  },
  { name: "a clean notebook gives GitHub nothing", args: "analyze tidy.ipynb --format github", exit: 0, says: /^\n?$/ },
  {
    name: "standard input is a notebook",
    args: "analyze - --json",
    input: tidy,
    exit: 0,
    fields: { notebooks: [{ path: "-" }] },
  },
  {
    name: "several notebooks are answered in one object",
    args: "analyze tidy.ipynb messy.ipynb --json",
    exit: 1,
    fields: { notebooks: [{ path: "tidy.ipynb" }, { path: "messy.ipynb" }] },
  },
  {
    name: "a broken notebook does not keep the others from being analysed",
    args: "analyze broken.ipynb messy.ipynb --json",
    exit: 2,
    fields: {
      outcome: "failed",
      error: { id: "RP102", place: { file: "broken.ipynb" } },
      notebooks: [{ path: "messy.ipynb" }],
    },
  },
  {
    name: "a broken notebook is told beside the others' findings",
    args: "analyze broken.ipynb messy.ipynb",
    exit: 2,
    says: /NB101/,
    tells: /RP102/,
  },
  {
    name: "no notebook is a wrong call",
    args: "analyze --json",
    exit: 2,
    fields: { schema: "reprise.analyze/1", ...failed("RP141") },
  },
  {
    name: "a value that an option does not have is a wrong call",
    args: "analyze tidy.ipynb --format xml",
    exit: 2,
    tells: /text, json, sarif, github/,
  },
]);

test("analyze: SARIF has what GitHub and editors read", async (context) => {
  const folder = temporaryFolder(context);
  writeFileSync(join(folder, "a b.ipynb"), messy);
  const finished = await reprise(["analyze", "a b.ipynb", "--format", "sarif"], { directory: folder });
  assert.equal(finished.code, 1, finished.stderr);
  const log = JSON.parse(finished.stdout);
  assert.equal(log.version, "2.1.0");
  const [run] = log.runs;
  assert.equal(run.tool.driver.name, "Reprise");
  const known = run.tool.driver.rules.map((rule: { id: string }) => rule.id);
  assert.ok(run.results.length >= 2);
  for (const result of run.results) {
    assert.ok(known.includes(result.ruleId));
    assert.match(result.level, /^(error|warning|note)$/);
    assert.ok(result.message.text.length > 0);
    const [{ physicalLocation, logicalLocations }] = result.locations;
    assert.equal(physicalLocation.artifactLocation.uri, "a%20b.ipynb");
    assert.ok(physicalLocation.region.startLine >= 1 && physicalLocation.region.startColumn >= 1);
    assert.match(logicalLocations[0].fullyQualifiedName, /^cells\[\d+\]$/);
  }
});
