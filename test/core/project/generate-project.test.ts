import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runProcess } from "../../../core/src/host/child-process.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { forkedEnvironment } from "../../support/forked-environment.ts";
import { requirePython } from "../../support/python.ts";
import {
  analyseFixture,
  expectedFiles,
  fixtureProject,
  fixtures,
  formatter,
  planOf,
  templates,
  writeFiles,
} from "./fixtures.ts";

const names = ["diabetes", "churn"];

const checks = [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]];

/** vermin is a program, and no module that runs. */
const vermin = ["-c", "from vermin import main; main()", "-t=3.8-", "--no-tips", "src"];

for (const name of names) {
  test(`the plan of ${name} becomes exactly the project in its fixture`, async () => {
    const project = await fixtureProject(name);
    const expected = expectedFiles(name, project);
    assert.deepEqual([...project.files.keys()].sort(), [...expected.keys()].sort());
    for (const [path, { text }] of project.files) assert.equal(text, expected.get(path), path);
  });

  test(`the project of ${name} passes ruff, ruff format and mypy, and runs on every Python from 3.8 on`, async (context) => {
    const python = await requirePython(context, "lint");
    if (python === undefined) return;
    const folder = temporaryFolder(context);
    writeFiles(await fixtureProject(name), folder);
    for (const check of [...checks.map((each) => ["-m", ...each]), vermin]) {
      const { code, stdout } = await runProcess(python, check, { directory: folder });
      assert.equal(code, 0, `${check.join(" ")}\n${stdout}`);
    }
  });

  test(`the project of ${name} computes the numbers of its notebook, and passes its own tests`, async (context) => {
    const python = await requirePython(context, "ml");
    if (python === undefined) return;
    const folder = temporaryFolder(context);
    writeFiles(await fixtureProject(name), folder);
    const data = join(folder, "data");
    mkdirSync(data);
    cpSync(join(import.meta.dirname, "..", "..", "..", "samples", "diabetes", "data"), data, { recursive: true });
    const environment = { ...process.env, PYTHONPATH: join(folder, "src") };
    const runs = ["run", ...(name === "churn" ? planOf(name).stages.map((stage) => stage.name) : [])];
    for (const stage of runs) {
      const args = ["-m", name, stage, "--work", stage === "run" ? "whole" : "single"];
      // Stages alone are the same programs, with less to import.
      const interpreter = stage === "run" ? python : join(await forkedEnvironment(python), "bin", "python");
      const run = await runProcess(interpreter, args, { directory: folder, environment });
      assert.equal(run.code, 0, run.stderr);
    }
    const metrics = JSON.parse(readFileSync(join(folder, "whole", "metrics.json"), "utf8"));
    assert.deepEqual(metrics, JSON.parse(readFileSync(join(fixtures, name, "metrics.json"), "utf8")));
    if (runs.length > 1) assert.deepEqual(outputs(join(folder, "single")), outputs(join(folder, "whole")));

    const tests = await runProcess(python, ["-m", "pytest", "-q"], { directory: folder });
    assert.equal(tests.code, 0, tests.stdout);
  });
}

test("every line that came from the notebook is known by its cell and lines", async () => {
  const project = await fixtureProject("churn");
  const { notebook } = await analyseFixture("churn");
  let known = 0;
  const others: string[] = [];
  for (const [path, { text, origins }] of project.files) {
    const lines = text.split("\n");
    for (const { first, last, cell, cellFirst, cellLast } of origins) {
      const source =
        notebook.cells[cell]?.source
          .split("\n")
          .slice(cellFirst - 1, cellLast)
          .join("\n") ?? "";
      const made = lines.slice(first - 1, last).join("\n");
      const words = new Set(made.match(/\w+/g));
      // A bracket alone.
      if (words.size === 0) continue;
      const names = source.match(/(?<![%!\w])[A-Za-z]\w*/g) ?? [];
      // `plt.show()` became `show_figures(...)`.
      if (names.some((name) => words.has(name))) known += 1;
      else others.push(`${path}:${first}`);
    }
  }
  assert.ok(known > 20, `only ${known} pieces are known`);
  assert.ok(others.length * 20 < known, `these hold nothing of their cell: ${others.join(", ")}`);
});

test("a text over several lines keeps its content when its statement moves into a function", async () => {
  const { files } = await fixtureProject("churn");
  assert.ok(files.get("src/churn/ingest.py")?.text.includes('query = """\n  age > 0\n    and calls > 0\n"""'));
});

test("a variable that hides a builtin still begins as the builtin", async () => {
  const { files } = await fixtureProject("churn");
  assert.match(files.get("src/churn/ingest.py")?.text ?? "", /^ {4}sum = builtins\.sum$/m);
});

test("a plan of another notebook is refused with the statement that is not there", async () => {
  const analysis = await analyseFixture("churn");
  const plan = { ...planOf("churn"), settings: ["99.0" as const] };
  await assert.rejects(
    generateProject({ plan, analysis, templates, formatter }),
    (error: { problem?: { id: string; message: string } }) =>
      error.problem?.id === "RP125" && error.problem.message.includes("99.0"),
  );
});

/** Every value that the stages saved, with its hash. */
function outputs(work: string): readonly unknown[] {
  const stages = readdirSync(work, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return stages.map(({ name }) => [name, JSON.parse(readFileSync(join(work, name, "outputs.json"), "utf8"))]);
}
