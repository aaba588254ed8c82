import { planGraph } from "../../graph/of-plan.ts";
import { svg } from "../../graph/svg.ts";
import type { Notebook } from "../../notebook/model.ts";
import type { PipelinePlan } from "../../plan/plan.ts";
import type { Templates } from "../../project/project.ts";
import type { Finding } from "../../rules/finding.ts";
import type { RunRecord } from "../../run/record/record.ts";
import { shortNumber } from "../../text/short-number.ts";
import type { Verification } from "../verdict.ts";
import { proofView, stageTones } from "./proof-view.ts";
import { footer } from "./render-verification.ts";
import { renderReport } from "./report-templates.ts";

/** The whole job on one notebook, as one page tells it: any part may be missing where it was not done. */
export interface SummaryData {
  readonly analysis: { readonly notebook: Notebook };
  readonly findings: readonly Finding[];
  readonly plan?: PipelinePlan;
  readonly verification?: Verification;
  readonly runs: readonly RunRecord[];
  /** Where the runs ran, and why there. */
  readonly engine?: string;
  /** Project folder, tracking address, environment: whatever else is worth a line. */
  readonly facts?: readonly { readonly label: string; readonly value: string }[];
  /** Now, where it is absent. */
  readonly when?: Date;
}

const severityTones = { error: "bad", warning: "close", info: "unknown" } as const;
const severityOrder = ["error", "warning", "info"];

/** One self-contained HTML page: findings, pipeline, proof, runs. */
export function renderSummary(data: SummaryData, templates: Templates): string {
  const { plan, verification, runs } = data;
  const { notebook } = data.analysis;
  const findings = [...data.findings].sort(
    (one, other) =>
      severityOrder.indexOf(one.severity) - severityOrder.indexOf(other.severity) || one.cell - other.cell,
  );
  const parameterNames = varying(runs.map(({ parameters }) => parameters));
  const defaults = new Map(plan?.parameters.map((parameter) => [parameter.name, parameter.default]));
  const metricNames = [...new Set(runs.flatMap(({ metrics }) => metrics.map(({ name }) => name)))];
  return renderReport(templates, "summary", {
    title: plan?.notebook.title || notebook.path,
    kicker: notebook.path,
    footer: footer(data.when),
    facts: [...(data.engine ? [{ label: "Engine", value: data.engine }] : []), ...(data.facts ?? [])],
    findings: findings.map(({ rule, cell, message, severity }) => ({
      rule,
      cell,
      message,
      tone: severityTones[severity],
    })),
    findingsSummary: findings.length === 0 ? "nothing to report" : counted(findings.map(({ severity }) => severity)),
    ...(verification && { proof: proofView(verification) }),
    ...(plan && {
      graph: svg(
        planGraph(
          plan,
          verification &&
            stageTones(
              verification,
              plan.stages.map(({ name }) => name),
            ),
        ),
      ),
      stagesSummary: `${many(plan.stages.length, "stage")}, ${many(plan.parameters.length, "parameter")}`,
    }),
    parameterNames,
    metricNames,
    runsSummary: many(runs.length, "run"),
    runs: runs.map((run) => ({
      id: run.id.slice(0, 8),
      status: run.status,
      tone: run.status === "succeeded" ? "good" : "bad",
      seconds: run.seconds?.toFixed(1) ?? "",
      parameters: parameterNames.map((name) => plain(run.parameters[name] ?? defaults.get(name))),
      metrics: metricNames.map((name) => {
        const last = run.metrics.findLast((metric) => metric.name === name);
        return last === undefined ? "" : shortNumber(last.value, 6);
      }),
    })),
  });
}

/** Parameters that are not the same in all runs; all of them where there is one run, or none varies. */
function varying(sets: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const names = [...new Set(sets.flatMap(Object.keys))];
  const different = names.filter((name) => new Set(sets.map((set) => plain(set[name]))).size > 1);
  return (different.length > 0 ? different : names).slice(0, 8);
}

function plain(value: unknown): string {
  return value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}

const many = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** `2 errors, 1 warning`. */
function counted(severities: readonly Finding["severity"][]): string {
  return severityOrder
    .map((severity) => [severity, severities.filter((each) => each === severity).length] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => (severity === "info" ? `${number} for information` : many(number, severity)))
    .join(", ");
}
