import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { runProcess } from "../../core/src/host/child-process.ts";
import { buildExtension, packageExtension } from "../../scripts/build-extension.ts";
import { requireEditor, withEditor } from "../support/editor.ts";
import { requirePython } from "../support/python.ts";
import type { CaseResult } from "./suite/run.ts";
import { frameWith, goToProblem, openFromExplorer, pressInToolbar } from "./support/workbench.ts";

const root = join(import.meta.dirname, "..", "..");
const samples = ["voters", "wine", "tumours"];
let home: string;

before(async () => {
  home = mkdtempSync(join(tmpdir(), "reprise-extension-"));
  await buildExtension(join(home, "extension"));
});

after(() => rmSync(home, { recursive: true, force: true }));

/** A folder of notebooks as a user has them open; each test changes its own. */
function workspaceFor(name: string): string {
  const workspace = join(home, name);
  mkdirSync(workspace);
  for (const sample of samples) cpSync(join(root, "samples", sample), join(workspace, sample), { recursive: true });
  for (const file of ["r.ipynb", "tiny.ipynb"])
    cpSync(join(import.meta.dirname, "fixtures", file), join(workspace, file));
  writeFileSync(join(workspace, "long.ipynb"), longNotebook(5000));
  mkdirSync(join(workspace, "configured"));
  cpSync(join(import.meta.dirname, "fixtures", "configured.ipynb"), join(workspace, "configured", "configured.ipynb"));
  writeFileSync(join(workspace, "configured", "reprise.toml"), 'ignore = ["NB2"]\n');
  // Runs are recorded here, wherever else there may be a store.
  mkdirSync(join(workspace, ".reprise", "runs"), { recursive: true });
  return workspace;
}

/** Each cell needs the one before; the last needs what nobody defines. */
function longNotebook(count: number): string {
  const cells = Array.from({ length: count }, (_, at) => ({
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source: at === count - 1 ? "print(nowhere)" : `x${at} = ${at === 0 ? "0" : `x${at - 1} + 1`}`,
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 });
}

/** Converts a notebook, edits a line of its project by hand, and the same line in the notebook. Returns the file edited. */
async function projectWithEdits(notebook: string, project: string): Promise<string> {
  const { code, stderr } = await runProcess(cli, ["convert", notebook, "--output", project, "--no-lock"], {
    directory: dirname(notebook),
  });
  assert.equal(code, 0, stderr);
  const folder = join(project, "src", "tiny");
  const stage = readdirSync(folder)
    .map((name) => join(folder, name))
    .find((file) => readFileSync(file, "utf8").includes("* 7)"));
  assert.ok(stage, "no stage holds the statement");
  writeFileSync(stage, readFileSync(stage, "utf8").replace("* 7)", '* 7, "by hand")'));
  writeFileSync(notebook, readFileSync(notebook, "utf8").replace("* 7)", "* 8)"));
  return stage;
}

const cli = join(root, "node_modules", ".bin", "reprise");

const settings = {
  "reprise.cliPath": cli,
  "reprise.convert.arguments": ["--no-lock"],
  // Files that are opened by a command would unfold the explorer, whose rows the tests look for.
  "explorer.autoReveal": false,
};

test("inside the extension host", { timeout: 420_000 }, async (context) => {
  const editor = await requireEditor(context);
  const python = await requirePython(context, "kernel");
  if (editor === undefined || python === undefined) return;
  const suite = join(home, "suite", "index.js");
  const results = join(home, "results.json");
  const workspace = workspaceFor("analyses");
  await build({
    entryPoints: [join(import.meta.dirname, "suite", "run.ts")],
    outfile: suite,
    bundle: true,
    format: "cjs",
    platform: "node",
    external: ["vscode"],
  });
  await withEditor(
    editor,
    {
      settings: { ...settings, "reprise.run.arguments": ["--environment", dirname(dirname(python))] },
      environment: { REPRISE_TEST_RESULTS: results },
    },
    async (session) => {
      const remote = (path: string) => `vscode-remote://${session.authority}${path}`;
      const payload = [
        ["extensionDevelopmentPath", remote(join(home, "extension"))],
        ["extensionTestsPath", remote(suite)],
        ["skipWelcome", "true"],
      ];
      const page = await session.browser.newPage();
      const { promise: ended, resolve } = Promise.withResolvers<unknown>();
      await page.exposeFunction("codeAutomationExit", resolve);
      await page.exposeFunction("codeAutomationLog", () => {});
      await page.goto(`${session.url}?folder=${workspace}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
      await ended;
    },
  );
  assert.ok(existsSync(results), "the extension host ended without results");
  for (const { name, error } of JSON.parse(readFileSync(results, "utf8")) as CaseResult[]) {
    await context.test(name, () => {
      if (error !== undefined) assert.fail(error);
    });
  }
});

test("on the page", { timeout: 420_000 }, async (context) => {
  const editor = await requireEditor(context);
  if (editor === undefined) return;
  const vsix = join(home, "reprise.vsix");
  await packageExtension(vsix, join(home, "extension"));
  const workspace = workspaceFor("notebooks");
  const pictures = process.env.REPRISE_SCREENSHOTS ?? join(root, ".cache", "screenshots");
  mkdirSync(pictures, { recursive: true });
  await withEditor(editor, { vsix, settings }, async (session) => {
    const page = await session.browser.newPage();
    await page.goto(`${session.url}?folder=${workspace}`);

    await context.test("the packaged extension shows findings in the cells of a notebook", async () => {
      await openFromExplorer(page, ["voters", "voters.ipynb"]);
      const lines = await goToProblem(page, "NB103");
      // The panel draws only the lines in sight; the errors come first.
      for (const rule of ["NB102", "NB103"]) {
        assert.ok(
          lines.some((line) => line.includes(rule)),
          `${rule} is not in the panel of problems`,
        );
      }
      await page.locator(".notebookOverlay .squiggly-error").first().waitFor({ timeout: 30_000 });
      await page.screenshot({ path: join(pictures, "findings.png") });
    });

    await context.test(
      "a project that was edited is converted again after a question, a look and a merge",
      async () => {
        const project = join(workspace, "tiny-pipeline");
        const stage = await projectWithEdits(join(workspace, "tiny.ipynb"), project);
        await openFromExplorer(page, ["tiny.ipynb"]);
        await pressInToolbar(page, "Convert to Pipeline");
        await page.locator(".quick-input-widget input").first().press("Enter");
        const dialog = page.locator(".monaco-dialog-box");
        await dialog.waitFor({ timeout: 60_000 });
        assert.match(await dialog.innerText(), /In one place you and the notebook changed the same lines/);
        await page.screenshot({ path: join(pictures, "merge-question.png") });
        await dialog.getByRole("button", { name: "Show Changes" }).click();
        await page.locator(".multiDiffEntry").first().waitFor({ timeout: 30_000 });
        await page
          .locator(".multiDiffEntry .char-insert, .multiDiffEntry .line-insert")
          .first()
          .waitFor({ timeout: 30_000 });
        await page.screenshot({ path: join(pictures, "merge-changes.png") });
        assert.ok(!readFileSync(stage, "utf8").includes("<<<<<<<"), "something was written before the answer");
        await page.locator(".quick-input-list .monaco-list-row", { hasText: "Merge" }).click();
        // The first conflict is opened.
        await page.locator(`.tab[data-resource-name="${basename(stage)}"]`).waitFor({ timeout: 60_000 });
        await page.screenshot({ path: join(pictures, "merge-conflict.png") });
        const text = readFileSync(stage, "utf8");
        assert.match(text, /<<<<<<<[\s\S]*by hand[\s\S]*=======[\s\S]*\* 8[\s\S]*>>>>>>>/);
      },
    );

    await context.test("the notebook's toolbar leads to the graph of its stages", async () => {
      await openFromExplorer(page, ["wine", "wine.ipynb"]);
      await pressInToolbar(page, "Show Graph");
      const frame = await frameWith(page, "svg.reprise-graph");
      assert.ok((await frame.locator("g.node").count()) >= 3);
      await page.screenshot({ path: join(pictures, "graph.png") });
      await frame.locator("button[data-unit=cell]").click();
      const cells = await frameWith(page, "button[data-unit=cell][aria-pressed=true]");
      assert.ok((await cells.locator("g.node").count()) >= 10);
      await cells.locator("g.node").last().click();
      await page.locator(".notebookOverlay .code-cell-row.focused").first().waitFor({ timeout: 20_000 });
      await page.screenshot({ path: join(pictures, "graph-cells.png") });
    });
  });
});
