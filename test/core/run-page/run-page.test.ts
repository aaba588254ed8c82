import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { loadTemplates } from "../../../core/src/host/assets.ts";
import { renderRun } from "../../../core/src/run-page/render-run.ts";
import { runRecord } from "../../support/run-record.ts";

const hostile = [
  "<script>window.ran = 1</script>",
  "<img src=x onerror='window.ran = 2'>",
  "<a href='javascript:window.ran=3'>link</a>",
  "<iframe srcdoc='<script>parent.ran=4</script>'></iframe>",
  "<svg onload='window.ran=5'><script>window.ran=6</script></svg>",
  "<div style=\"background:url(https://example.invalid/x)\" onclick='ran=7'>text</div>",
  "</div></main></body><form action='https://example.invalid'><input></form><meta http-equiv=refresh content='0;url=https://example.invalid'>",
  "<table><tr><td style='color: red; position: fixed'>42</td></tr></table>",
].join("\n");

const cell = (outputs: unknown[], source = "show()") => ({
  cell_type: "code",
  source,
  metadata: {},
  execution_count: 1,
  outputs,
  id: "a",
});
const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function page(): string {
  const samples = [1, 2, 3].map((step) => ({
    time: step * 1000,
    cores: step / 2,
    memoryBytes: step * 1e8,
    processes: 1,
  }));
  const record = runRecord({
    name: "<b>name</b>",
    status: "failed",
    failure: { name: "ValueError", message: "<script>window.ran = 8</script>", traceback: [] },
    parameters: { n: "</dd><script>window.ran = 9</script>" },
    metrics: [{ name: "accuracy", value: 0.91234567, step: 0, time: 0 }],
    resources: { cpuSeconds: 3, peakMemoryBytes: 3e8, totalMemoryBytes: 1e9, cores: 2, samples },
  });
  const rich = { output_type: "display_data", metadata: {}, data: { "text/html": hostile, "text/plain": "plain" } };
  const cells = [
    { cell_type: "markdown", source: `# Title\n\n${hostile}\n\n[x](javascript:window.ran=10)`, metadata: {}, id: "m" },
    cell([rich], "</pre><script>window.ran = 11</script>"),
    cell([
      {
        output_type: "display_data",
        metadata: {},
        data: { "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><script>parent.ran=12</script></svg>" },
      },
    ]),
    cell([{ output_type: "display_data", metadata: {}, data: { "image/png": picture } }]),
    cell([
      { output_type: "stream", name: "stdout", text: ["\u001b[31mred\u001b[0m ", "<script>window.ran = 13</script>"] },
    ]),
    cell([{ output_type: "display_data", metadata: {}, data: { "application/javascript": "window.ran = 14" } }]),
    cell([{ output_type: "display_data", metadata: {}, data: { "application/vnd.jupyter.widget-view+json": {} } }]),
    {
      ...cell([{ output_type: "stream", name: "stdout", text: "shown" }], "hidden_source()"),
      metadata: { jupyter: { source_hidden: true } },
    },
  ];
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  return renderRun(record, notebook as never, loadTemplates(), new Date(0));
}

test("a page shows what a run gave, without what could run, be fetched or break out of its place", () => {
  const html = page();
  for (const wrong of [
    /<script/i,
    /\son\w+\s*=/i,
    /href="javascript/i,
    /<iframe/i,
    /<form/i,
    /url\(/i,
    /position:/i,
    /<svg[^>]*onload/i,
  ]) {
    const body = html.slice(html.indexOf("<main>")).replaceAll(/<pre[^>]*>[^<]*<\/pre>/g, "");
    assert.doesNotMatch(body, wrong);
  }
  for (const right of [
    "<h1>Title</h1>",
    "42</td>",
    "color:red",
    "data:image/png;base64",
    "red &lt;script",
    "0.91235",
    "ValueError",
    "shown",
  ]) {
    assert.ok(html.includes(right), right);
  }
  assert.ok(!html.includes("hidden_source"));
  assert.match(html, /widget-view\+json: not shown here/);
});

test("what ended a run leads to its cell, where one ended it", () => {
  const failure = { name: "ValueError", message: "no rows", traceback: [] };
  const record = runRecord({ status: "failed", failure });
  const html = (cells: object[]) =>
    renderRun(record, { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 } as never, loadTemplates(), new Date(0));
  const failed = { ...cell([], "read()"), metadata: { papermill: { status: "failed" } } };
  assert.match(html([cell([]), failed]), /<a href="#failed">ValueError: no rows<\/a>[\s\S]*id="failed"[\s\S]*read\(\)/);
  assert.doesNotMatch(html([cell([])]), /#failed/);
});

test("nothing runs when a browser opens it", async (context) => {
  const browser = await chromium
    .launch({ executablePath: process.env.REPRISE_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] })
    .catch((error: unknown) => {
      if (process.env.REPRISE_REQUIRE === "all") throw error;
      context.skip(`no browser here: ${error}`);
      return undefined;
    });
  if (browser === undefined) return;
  try {
    const tab = await browser.newPage({ viewport: { width: 1100, height: 1400 } });
    const asked: string[] = [];
    tab.on("request", ({ url }) => void asked.push(url()));
    await tab.setContent(page());
    if (process.env.REPRISE_PICTURE) await tab.screenshot({ path: process.env.REPRISE_PICTURE, fullPage: true });
    await tab
      .locator("a")
      .first()
      .click({ noWaitAfter: true, timeout: 2000 })
      .catch(() => {});
    assert.equal(await tab.evaluate("window.ran"), undefined);
    assert.deepEqual(
      asked.filter((url) => !url.startsWith("data:")),
      [],
    );
  } finally {
    await browser.close();
  }
});
