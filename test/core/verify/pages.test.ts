import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadTemplates } from "../../../core/src/host/assets.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import type { RunRecord } from "../../../core/src/run/record/record.ts";
import { stageTones } from "../../../core/src/verify/report/proof-view.ts";
import { renderSummary } from "../../../core/src/verify/report/render-summary.ts";
import { renderVerification } from "../../../core/src/verify/report/render-verification.ts";
import type { Verification } from "../../../core/src/verify/verdict.ts";
import { readSubject, wineFolder } from "./wine.ts";

const templates = loadTemplates();
const plan = JSON.parse(readFileSync(join(wineFolder, "plan.json"), "utf8")) as PipelinePlan;
const hostile = '<script>alert("x")</script><img src=x onerror=alert(1)>';
const verification: Verification = {
  outcome: "different",
  values: [
    {
      name: hostile,
      stage: "train",
      cell: 11,
      verdict: "different",
      type: hostile,
      crosses: true,
      detail: hostile,
      maxAbs: 0.5,
      maxRel: 0.25,
    },
    { name: "df", stage: "ingest", cell: 4, verdict: "identical", type: "DataFrame", crosses: true, detail: "" },
  ],
  outputs: [{ cell: 5, stage: "report", kind: "figure", verdict: "opaque", detail: hostile }],
  nondeterministic: [{ name: hostile, cell: 11, why: hostile }],
  runs: { notebook: ["a1", "a2"], project: ["b1"] },
  origin: { stage: "train", cell: 11, name: hostile, message: hostile },
  tolerance: { rtol: 1e-9, atol: 0 },
  reason: `${hostile}\nTraceback ${hostile}`,
};

function isSafe(page: string): void {
  assert.ok(!/<script|<img|onerror=alert\(1\)>/.test(page));
  assert.match(page, /default-src &#x27;none&#x27;|default-src 'none'/);
  assert.ok(page.startsWith("<!doctype html>"));
  assert.ok(!/https?:\/\/(?!www\.w3\.org\/2000\/svg)/.test(page), "nothing is loaded from elsewhere");
}

test("the page of a proof says what differs, where it began, and runs nothing that was in a value", () => {
  const page = renderVerification(verification, { plan, templates, versions: { python: hostile } });
  isSafe(page);
  assert.match(page, /The project computes something else/);
  assert.match(page, /Where the two part first:<\/b> stage <code>train<\/code>, cell 11/);
  assert.match(page, /largest gap 0\.500, relative 0\.250/);
  assert.match(page, /1 of 1 differ/);
  assert.match(page, /a1, a2/);
  assert.match(page, /tone-bad/);
});

test("a stage of which nothing was compared is not drawn like one that holds", () => {
  const [first = "", ...others] = plan.stages.map(({ name }) => name);
  const held = {
    name: "a",
    stage: first,
    cell: 1,
    verdict: "identical",
    type: "int",
    crosses: true,
    detail: "",
  } as const;
  const tones = stageTones({ ...verification, values: [held], outputs: [] }, [first, ...others]);
  assert.deepEqual([...tones.values()], ["good", ...others.map(() => "unknown")]);
});

test("every outcome has a headline of its own", () => {
  const headlines = (["identical", "equivalent", "different", "not-comparable", "failed"] as const).map((outcome) => {
    const page = renderVerification({ ...verification, outcome }, { plan, templates });
    return /<strong>(.*?)<\/strong>\s*<span>(.*?)<\/span>/s.exec(page)?.slice(1).join(" ");
  });
  assert.equal(new Set(headlines).size, 5);
  assert.ok(headlines.every(Boolean));
});

test("the page of the whole job shows findings by weight, the pipeline, the proof, and the runs side by side", async () => {
  const { notebook } = await readSubject(wineFolder);
  const finding = {
    rule: "NB204",
    name: "no-random-state",
    tier: "strong",
    cell: 11,
    subject: "",
    evidence: [],
    fixes: [],
  } as const;
  const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
  const run = (id: string, trees: number, accuracy: number) =>
    ({
      id: id.repeat(32),
      status: "succeeded",
      seconds: 2,
      parameters: { n_trees: trees, test_size: 0.25 },
      metrics: [{ name: "accuracy", value: accuracy, step: 1, time: 0 }],
    }) as unknown as RunRecord;
  const page = renderSummary(
    {
      analysis: { notebook },
      findings: [
        { ...finding, range, severity: "info", message: hostile },
        { ...finding, range, rule: "NB101", severity: "error", message: `\`model\` is not defined ${hostile}` },
      ],
      plan,
      verification,
      runs: [run("a", 8, 0.97777777), run("b", 50, 1)],
      engine: "local, because no Docker engine answers",
    },
    templates,
  );
  isSafe(page);
  assert.ok(page.indexOf("NB101") < page.indexOf("NB204"));
  assert.match(page, /1 error, 1 for information/);
  assert.match(page, /<code>model<\/code> is not defined &lt;script/);
  assert.match(page, /<th class="number">n_trees<\/th><th class="number">accuracy<\/th>/);
  assert.ok(!page.includes("test_size</th>"), "a parameter that is the same in all runs has no column");
  assert.match(page, /0\.977778/);
  assert.match(page, /no Docker engine answers/);
});
