import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dataflow } from "../../../core/src/dataflow/model.ts";
import { importVersions } from "../../../core/src/environment/needs/import-versions.ts";
import { readLocalModules } from "../../../core/src/environment/needs/local-modules.ts";
import { projectFileReader } from "../../../core/src/environment/project-files.ts";
import { loadGrammar, loadTemplates } from "../../../core/src/host/assets.ts";
import { createPythonFormatter } from "../../../core/src/host/python-formatter.ts";
import { readNotebook } from "../../../core/src/notebook/read.ts";
import type { PlanOptions } from "../../../core/src/plan/options.ts";
import { dataflowOf } from "../../../core/src/plan/order.ts";
import type { PipelinePlan } from "../../../core/src/plan/plan.ts";
import { planPipeline } from "../../../core/src/plan/plan-pipeline.ts";
import { generateProject } from "../../../core/src/project/generate-project.ts";
import type { Project } from "../../../core/src/project/project.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { analyseNotebook, withVersions } from "../../../core/src/rules/analyse.ts";
import type { Analysis } from "../../../core/src/rules/analysis.ts";
import type { Finding } from "../../../core/src/rules/finding.ts";
import { notebookPath, type Subject } from "./subject.ts";

export interface Converted {
  readonly outcome: "converted";
  readonly analysis: Analysis;
  readonly plan: PipelinePlan;
  /** In the order that the plan follows. */
  readonly dataflow: Dataflow;
  readonly project: Project;
}

export type Conversion = Converted | { readonly outcome: "diagnosed"; readonly reasons: readonly Finding[] };

export interface Converter {
  analyse(subject: Subject): Analysis;
  convert(subject: Subject, analysis: Analysis, options?: PlanOptions): Promise<Conversion>;
}

/** Converts as `reprise convert` does with a lock, in this process, and writes nothing. */
export async function openConverter(): Promise<Converter> {
  const parser = await createPythonParser(loadGrammar());
  const templates = loadTemplates();
  const formatter = createPythonFormatter();
  const packages = pinnedVersions("ml");
  return {
    analyse(subject) {
      const path = notebookPath(subject);
      const analysis = analyseNotebook(
        readNotebook(readFileSync(path, "utf8"), path),
        parser,
        projectFileReader(subject.folder),
      );
      return withVersions(analysis, importVersions(analysis.document, { packages }));
    },
    async convert(subject, analysis, options = {}) {
      const cut = subject.stages === undefined ? {} : { stages: subject.stages };
      const planned = planPipeline(analysis, { ...cut, ...options });
      if (planned.outcome === "diagnosed") return planned;
      const { plan } = planned;
      const local = readLocalModules(analysis.document, subject.folder, parser);
      const project = await generateProject({
        plan,
        analysis,
        templates,
        formatter,
        environment: { python: "3.11", direct: [] },
        localModules: local.files,
        localData: local.data,
      });
      return { outcome: "converted", analysis, plan, project, dataflow: dataflowOf(plan, analysis) };
    },
  };
}

/** What a test environment pins. */
function pinnedVersions(name: string) {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "environments", `${name}.txt`), "utf8");
  return [...text.matchAll(/^([\w.-]+)==(\S+)/gm)].map(([, name = "", version = ""]) => ({
    name,
    version,
    hashes: [],
  }));
}
