import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";
import { requirePython } from "../../support/python.ts";
import { formatter, templates } from "./fixtures.ts";

const notebook = `# %%
import pandas as pd
df = pd.read_csv("shop.csv")
url = pd.read_csv("https://example.org/iris.csv")
# %%
df.to_csv("clean.csv")
clean = pd.read_csv("clean.csv")
`;

async function projectOf(sha256: string) {
  const analysis = await analysePercentNotebook(notebook, "shop.ipynb");
  const planned = planPipeline(analysis);
  assert.equal(planned.outcome, "planned");
  if (planned.outcome !== "planned") throw new Error("not planned");
  const dataFacts = [{ path: "shop.csv", bytes: 4, sha256 }];
  return generateProject({ plan: planned.plan, analysis, templates, formatter, dataFacts });
}

test("reprise.json has the content hash of the files that the notebook read", async () => {
  const { files } = await projectOf("ab12");
  const manifest = JSON.parse(files.get("reprise.json")?.text ?? "") as { readonly data: unknown };
  assert.deepEqual(manifest.data, [{ path: "shop.csv", bytes: 4, sha256: "ab12" }]);
});

test("a file that is another than the notebook read is told when its stage runs, and one that is the same is not", async (context) => {
  const python = await requirePython(context, "kernel");
  if (python === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), "reprise-inputs-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const text = "a\n1\n";
  const { files } = await projectOf(createHash("sha256").update(text).digest("hex"));
  writeFileSync(join(folder, "inputs.py"), files.get("src/shop/inputs.py")?.text ?? "");
  assert.match(files.get("src/shop/__main__.py")?.text ?? "", /tell_changes\(name\)/);
  const stage = /"(\w+)": \{\s*"shop\.csv"/.exec(files.get("src/shop/inputs.py")?.text ?? "")?.[1] ?? "";
  const told = () => {
    const code = `from inputs import tell_changes; tell_changes("${stage}"); tell_changes("another")`;
    return spawnSync(python, ["-c", code], { cwd: folder, encoding: "utf8" }).stderr;
  };
  writeFileSync(join(folder, "shop.csv"), text);
  assert.equal(told(), "");
  writeFileSync(join(folder, "shop.csv"), `${text}2\n`);
  assert.equal(told().trim(), `${stage}: shop.csv is not the file that the notebook read (its SHA-256 is another)`);
  rmSync(join(folder, "shop.csv"));
  assert.equal(told(), "");
});

test("a project of which no file is known has no such module", async () => {
  const analysis = await analysePercentNotebook(notebook, "shop.ipynb");
  const planned = planPipeline(analysis);
  if (planned.outcome !== "planned") throw new Error("not planned");
  const { files } = await generateProject({ plan: planned.plan, analysis, templates, formatter });
  assert.equal(files.get("src/shop/inputs.py"), undefined);
  assert.doesNotMatch(files.get("src/shop/__main__.py")?.text ?? "", /tell_changes/);
});
