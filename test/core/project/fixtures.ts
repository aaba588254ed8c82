import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadTemplates } from "../../../core/src/host/assets.ts";
import { createPythonFormatter } from "../../../core/src/host/python-formatter.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import type { Project } from "../../../core/src/project/project.ts";
import { withTargets } from "../../../core/src/targets/index.ts";
import { analysePercentNotebook } from "../../support/percent-notebook.ts";

export const fixtures = join(import.meta.dirname, "fixtures");
export const templates = loadTemplates();
export const formatter = createPythonFormatter();

/** What the `ml` environment has, as a lock would say it. */
const direct = ["matplotlib==3.11.0", "numpy==2.4.0", "pandas==3.0.0", "scikit-learn==1.8.0"];

export function planOf(name: string): PipelinePlan {
  return JSON.parse(readFileSync(join(fixtures, name, "plan.json"), "utf8")) as PipelinePlan;
}

export function analyseFixture(name: string, path = `${name}.ipynb`) {
  return analysePercentNotebook(readFileSync(join(fixtures, name, "notebook.py"), "utf8"), path);
}

/** The project of a fixture, with the files of both targets. */
export async function fixtureProject(name: string, by = formatter): Promise<Project> {
  const plan = planOf(name);
  const analysis = await analyseFixture(name);
  const environment = { python: "3.11", direct };
  const project = await generateProject({ plan, analysis, templates, formatter: by, environment });
  return withTargets(project, plan, ["dvc", "github-actions"], templates);
}

/** Writes plain files; nothing atomic about it. */
export function writeFiles(project: Project, folder: string): void {
  for (const [path, { text }] of project.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The files of a folder by path; with REPRISE_UPDATE=1 they become those of the project first. */
export function expectedFiles(name: string, project: Project): ReadonlyMap<string, string> {
  const folder = join(fixtures, name, "project");
  if (process.env.REPRISE_UPDATE === "1") {
    rmSync(folder, { recursive: true, force: true });
    writeFiles(project, folder);
  }
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [file.slice(folder.length + 1), readFileSync(file, "utf8")]));
}
