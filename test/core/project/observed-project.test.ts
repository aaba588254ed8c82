/** What a proven run showed is in the project: types, checks of the data, recorded values; a failure names the cell. */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { agentFolder } from "../../../core/src/host/assets.ts";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import type { ObservedValue, ProjectObservation } from "../../../core/src/project/observation.ts";
import type { ProjectInput } from "../../../core/src/project/project-input.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { requirePython } from "../../support/python.ts";
import { analyseFixture, formatter, planOf, templates, writeFiles } from "./fixtures.ts";

const stages = planOf("diabetes").stages.map(({ name }) => name);

async function projectOf(more: Partial<ProjectInput> = {}) {
  const analysis = await analyseFixture("diabetes");
  return generateProject({ plan: planOf("diabetes"), analysis, templates, formatter, ...more });
}

/** Runs the project as it is, and tells what its values are. */
async function observed(context: TestContext, python: string): Promise<ProjectObservation> {
  const folder = temporaryFolder(context);
  writeFiles(await projectOf(), folder);
  cpSync(join(agentFolder, "record"), join(folder, "reprise_record"), { recursive: true });
  await run(python, ["-m", "diabetes", "run", "--work", join(folder, "work"), "--data-dir", dataOf(folder)], folder);
  const asked = {
    package: "diabetes",
    stages,
    work: "work",
    summary: "tests/value_summary.py",
    distributions: ["pandas"],
  };
  writeFileSync(join(folder, "asked.json"), JSON.stringify(asked));
  await run(python, ["-m", "reprise_record", "asked.json", "answer.json"], folder);
  const { stages: values, versions } = JSON.parse(readFileSync(join(folder, "answer.json"), "utf8"));
  assert.match(versions.pandas, /^\d+\./);
  const judged = Object.entries(values as ProjectObservation["values"]).map(([stage, named]) => [
    stage,
    Object.fromEntries(
      Object.entries(named).map(([name, value]): [string, ObservedValue] => [name, { ...value, verdict: "identical" }]),
    ),
  ]);
  return { values: Object.fromEntries(judged), tolerance: { rtol: 1e-9, atol: 0 } };
}

function dataOf(folder: string): string {
  const data = join(folder, "data");
  mkdirSync(data, { recursive: true });
  cpSync(join(import.meta.dirname, "..", "..", "..", "samples", "diabetes", "data"), data, { recursive: true });
  return folder;
}

async function run(python: string, args: readonly string[], directory: string) {
  const environment = { ...process.env, PYTHONPATH: [join(directory, "src"), directory].join(":") };
  const finished = await runProcess(python, [...args], { directory, environment });
  assert.equal(finished.code, 0, finished.stdout + finished.stderr);
  return finished;
}

test("a project knows what a proven run showed, and its tests hold its values to that", {
  timeout: 300_000,
}, async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const observation = await observed(context, python);
  const folder = temporaryFolder(context);
  const project = await projectOf({ observation });
  writeFiles(project, folder);
  dataOf(folder);

  const text = (path: string) => project.files.get(path)?.text ?? "";
  assert.doesNotMatch(stages.map((stage) => text(`src/diabetes/${stage}.py`)).join("\n"), /\bAny\b/);
  assert.match(text("src/diabetes/checks.py"), /"bmi": Column\("number", complete=True, low=[-\d.]+, high=[-\d.]+\)/);
  assert.match(text("MODEL_CARD.md"), /features: .* with the columns/);
  assert.match(text("DATA_SHEET.md"), /\| `bmi` \| float64 \| 0 \|/);
  const recorded = JSON.parse(text("tests/recorded.json"));
  assert.deepEqual(Object.keys(recorded.values).sort(), ["features", "ingest", "train"]);

  const environment = { ...process.env, DIABETES_DATA_DIR: folder };
  const tests = await runProcess(python, ["-m", "pytest", "-q"], { directory: folder, environment });
  assert.equal(tests.code, 0, tests.stdout);

  // Another value than the proven one is found.
  const model = Object.keys(recorded.values.features)[0] as string;
  recorded.values.features[model].summary = { class: "another" };
  writeFileSync(join(folder, "tests", "recorded.json"), JSON.stringify(recorded));
  const again = await runProcess(python, ["-m", "pytest", "-q", "tests/test_regression.py"], {
    directory: folder,
    environment,
  });
  assert.equal(again.code, 1);
  assert.match(again.stdout, new RegExp(`FAILED .*features-${model}`));
});

test("data without a column is refused at the entrance, and the error names the notebook's cell", {
  timeout: 120_000,
}, async (context) => {
  const python = await requirePython(context, "ml");
  if (python === undefined) return;
  const folder = temporaryFolder(context);
  writeFiles(await projectOf(), folder);
  const file = join(dataOf(folder), "data", "diabetes.csv");
  const environment = { ...process.env, PYTHONPATH: join(folder, "src"), DIABETES_DATA_DIR: folder };
  writeFileSync(file, readFileSync(file, "utf8").replace(/bmi/i, "mass"));
  const refused = await runProcess(python, ["-m", "diabetes", "ingest"], { directory: folder, environment });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /DataError: ingest\.df: there is no column 'bmi'/);

  writeFileSync(file, "");
  const failed = await runProcess(python, ["-m", "diabetes", "ingest"], { directory: folder, environment });
  assert.match(failed.stderr.trim().split("\n").at(-1) ?? "", /^diabetes\.ipynb, cell \d+, line 1: df = pd\.read_csv/);
});
