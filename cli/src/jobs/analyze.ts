import {
  type Analysis,
  filePositions,
  findings as findingsOf,
  type Problem,
  ProblemError,
  withFixes,
} from "@reprise/core";
import type { Answer, Call } from "../execute.ts";
import { color } from "../terminal/color.ts";
import { countText, findingsText } from "../terminal/findings-text.ts";
import { ordersText } from "../terminal/orders-text.ts";
import { problemText } from "../terminal/problem-text.ts";
import { version } from "../version.ts";
import type { Analysed } from "./analysed.ts";
import { analyseFile } from "./analysis.ts";
import { type ConfirmOptions, examined } from "./examined.ts";
import { isReported, type RuleOptions, type RuleSettings, ruleSettings } from "./settings.ts";

export interface AnalyzeOptions extends RuleOptions, ConfirmOptions {
  readonly json?: boolean;
  readonly format: "text" | "json" | "sarif" | "github";
  readonly order: "document" | "recorded";
}

/**
 * Analyses notebooks one after the other. One that cannot be read does not keep the others from being analysed; the
 * answer is a failure then. Throws ProblemError where there is nothing else to tell.
 */
export async function analyzeNotebooks(paths: readonly string[], options: AnalyzeOptions, call: Call): Promise<Answer> {
  const reports: Analysed[] = [];
  const unreadable: ProblemError[] = [];
  let fails = false;
  for (const [at, path] of paths.entries()) {
    call.signal.throwIfAborted();
    if (paths.length > 1) call.onProgress({ task: "Analysing", detail: path, done: at, total: paths.length });
    const start = process.hrtime.bigint();
    const settings = await ruleSettings(path, options);
    try {
      const analysis = await analyseFile(path, call);
      const analysed = await examined(reportOf(analysis, settings, options, start), analysis, options, call);
      fails ||= analysed.report.findings.some((finding) => isReported(finding, settings));
      reports.push(analysed);
    } catch (error) {
      if (!(error instanceof ProblemError) || paths.length === 1) throw error;
      unreadable.push(error);
    }
  }
  const all = reports.flatMap(({ report }) => report.findings);
  const notebooks = reports.map(({ report }) => report);
  const problems = unreadable.map(({ problem }) => problem);
  const text = await textIn(options.format, reports, problems);
  const [first] = unreadable;
  if (first !== undefined) {
    for (const problem of problems) call.note(problemText(problem));
    return {
      exit: first.exitCode,
      json: { outcome: "failed", ...{ error: first.problem, unreadable: problems, notebooks } },
      text,
    };
  }
  return {
    exit: fails ? 1 : 0,
    json: { outcome: all.length > 0 ? "findings" : "clean", ...{ notebooks } },
    text,
  };
}

/**
 * The findings of an analysis, as `analyze` reports them. `start` is a `process.hrtime.bigint()`:
 * Node loads what it has for `performance` when it is first asked, which takes it milliseconds.
 */
function reportOf(
  analysis: Analysis,
  settings: RuleSettings,
  options: Pick<AnalyzeOptions, "order">,
  start: bigint,
): Analysed {
  const { notebook } = analysis;
  const { recorded, ...alone } = analysis;
  const inOrder = options.order === "recorded" && recorded ? { ...alone, document: recorded } : analysis;
  const { findings, suppressed } = findingsOf(inOrder, settings);
  const positions = filePositions(notebook);
  const report = {
    path: notebook.path,
    language: notebook.language,
    codeCells: notebook.cells.filter((cell) => cell.kind === "code").length,
    milliseconds: Math.round(Number(process.hrtime.bigint() - start) / 1e6),
    findings: withFixes(inOrder, findings).map((finding) => ({
      ...finding,
      file: positions.range(finding.cell, finding.range),
    })),
    suppressed: suppressed.length,
  };
  return { notebook, report, suppressed, positions };
}

async function textIn(
  format: AnalyzeOptions["format"],
  reports: readonly Analysed[],
  unreadable: readonly Problem[],
): Promise<() => string> {
  if (format === "sarif") {
    const { sarif } = await import("../formats/sarif.ts");
    return () => JSON.stringify(sarif(reports, unreadable, version));
  }
  if (format === "github") {
    const { githubAnnotations } = await import("../formats/github.ts");
    return () => githubAnnotations(reports, unreadable);
  }
  return () =>
    reports
      .map(({ notebook, report }) => {
        const summary = `${color.bold(report.path)}: ${countText(report.findings)} in ${report.codeCells} code cells${report.suppressed > 0 ? `, ${report.suppressed} suppressed` : ""}`;
        const told =
          report.findings.length === 0 ? summary : `${findingsText(notebook, report.findings)}\n\n${summary}`;
        return report.orders === undefined ? told : `${told}\n\n${ordersText(report.orders)}`;
      })
      .join("\n\n");
}
