import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { rules } from "../../core/src/rules/index.ts";
import { callReprise } from "./command-line.ts";
import { isMeant, lineOf, readExpectation, rulesOf, samplesFolder, type ToldFinding } from "./expectation.ts";

const samples = globSync("*/expected.json", { cwd: samplesFolder }).map(dirname).sort();
const written = new Set(rules.map((rule) => rule.id));

test("there are eight samples", () => assert.equal(samples.length, 8));

for (const sample of samples) {
  const expected = readExpectation(sample);
  const notebook = join(samplesFolder, sample, `${sample}.ipynb`);

  test(`${sample} (${expected.about}): the findings are the right ones, and no others`, async () => {
    const { answer } = await callReprise<{ notebooks: readonly { findings: readonly ToldFinding[] }[] }>(
      ["analyze", notebook],
      samplesFolder,
    );
    const told = (answer.notebooks[0]?.findings ?? []).filter((finding) => finding.severity !== "info");
    const wanted = expected.findings.filter((finding) => rulesOf(finding).some((rule) => written.has(rule)));
    const missing = wanted.filter((one) => !told.some((finding) => isMeant(one, finding)));
    const allowed = [...expected.findings, ...expected.tolerated];
    const wrong = told.filter((finding) => !allowed.some((one) => isMeant(one, finding)));
    assert.deepEqual({ missing: missing.map(lineOf), wrong: wrong.map(lineOf) }, { missing: [], wrong: [] });
  });

  if (expected.fileEdges !== undefined) {
    test(`${sample}: files join the cells that write with those that read`, async () => {
      const { answer } = await callReprise<{ edges: readonly { from: string; to: string; kind: string }[] }>(
        ["graph", notebook, "--by", "cell"],
        samplesFolder,
      );
      const found = answer.edges.filter((edge) => edge.kind === "file").map((edge) => `${edge.from} ${edge.to}`);
      const missing = expected.fileEdges?.filter(([from, to]) => !found.includes(`c${from} c${to}`));
      assert.deepEqual(missing, [], `file edges: ${found.join(", ")}`);
    });
  }
}
