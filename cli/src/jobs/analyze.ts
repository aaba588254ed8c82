import {
  type Analysis,
  type Finding,
  findings as findingsOf,
  type Notebook,
  ProblemError,
  type Severity,
  withFixes,
} from "@reprise/core";
import color from "picocolors";
import type { Answer, Call } from "../execute.ts";
import { countText, findingsText } from "../terminal/findings-text.ts";
import { problemText } from "../terminal/problem-text.ts";
import { version } from "../version.ts";
import { analyseFile } from "./analysis.ts";
import { checkRules } from "./rule-selection.ts";

export interface AnalyzeOptions {
  readonly json?: boolean;
  readonly format: "text" | "json" | "sarif" | "github";
  readonly failOn: "error" | "warning" | "info" | "never";
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly order: "document" | "recorded";
}

/** What is said of one notebook: an entry of `notebooks` in `reprise.analyze/1`. */
export interface NotebookReport {
  readonly path: string;
  readonly language: string;
  readonly codeCells: number;
  readonly milliseconds: number;
  readonly findings: readonly Finding[];
  readonly suppressed: number;
}

const weight: Record<Severity | "never", number> = { info: 1, warning: 2, error: 3, never: 4 };

interface Analysed {
  readonly notebook: Notebook;
  readonly report: NotebookReport;
}

/**
 * Analyses notebooks one after the other. One that cannot be read does not keep the others from being analysed; the
 * answer is a failure then. Throws ProblemError where there is nothing else to tell.
 */
export async function analyzeNotebooks(paths: readonly string[], options: AnalyzeOptions, call: Call): Promise<Answer> {
  checkRules([...(options.select ?? []), ...(options.ignore ?? [])]);
  const reports: Analysed[] = [];
  const unreadable: ProblemError[] = [];
  for (const [at, path] of paths.entries()) {
    call.signal.throwIfAborted();
    if (paths.length > 1) call.onProgress({ task: "Analysing", detail: path, done: at, total: paths.length });
    const start = performance.now();
    try {
      const analysis = await analyseFile(path);
      reports.push({ notebook: analysis.notebook, report: reportOf(analysis, options, start) });
    } catch (error) {
      if (!(error instanceof ProblemError) || paths.length === 1) throw error;
      unreadable.push(error);
    }
  }
  const all = reports.flatMap(({ report }) => report.findings);
  const isReported = all.some((finding) => weight[finding.severity] >= weight[options.failOn]);
  const notebooks = reports.map(({ report }) => report);
  const text = await textIn(options.format, reports);
  const [first] = unreadable;
  if (first !== undefined) {
    const problems = unreadable.map(({ problem }) => problem);
    for (const problem of problems) call.note(problemText(problem));
    return {
      exit: first.exitCode,
      json: { outcome: "failed", ...{ error: first.problem, unreadable: problems, notebooks } },
      text,
    };
  }
  return {
    exit: isReported ? 1 : 0,
    json: { outcome: all.length > 0 ? "findings" : "clean", ...{ notebooks } },
    text,
  };
}

/** The findings of an analysis, as `analyze` reports them. `start` is a `performance.now()`. */
export function reportOf(analysis: Analysis, options: Partial<AnalyzeOptions>, start: number): NotebookReport {
  const { notebook } = analysis;
  const inOrder =
    options.order === "recorded" && analysis.recorded ? { notebook, document: analysis.recorded } : analysis;
  const { findings, suppressed } = findingsOf(inOrder, {
    ...(options.select ? { select: options.select } : {}),
    ...(options.ignore ? { ignore: options.ignore } : {}),
  });
  return {
    path: notebook.path,
    language: notebook.language,
    codeCells: notebook.cells.filter((cell) => cell.kind === "code").length,
    milliseconds: Math.round(performance.now() - start),
    findings: withFixes(inOrder, findings),
    suppressed: suppressed.length,
  };
}

async function textIn(format: AnalyzeOptions["format"], reports: readonly Analysed[]): Promise<() => string> {
  if (format === "sarif") {
    const { sarif } = await import("../formats/sarif.ts");
    return () =>
      JSON.stringify(
        sarif(
          reports.map(({ report }) => report),
          version,
        ),
      );
  }
  if (format === "github") {
    const { githubAnnotations } = await import("../formats/github.ts");
    return () => githubAnnotations(reports.map(({ report }) => report));
  }
  return () =>
    reports
      .map(({ notebook, report }) => {
        const summary = `${color.bold(report.path)}: ${countText(report.findings)} in ${report.codeCells} code cells${report.suppressed > 0 ? `, ${report.suppressed} suppressed` : ""}`;
        return report.findings.length === 0 ? summary : `${findingsText(notebook, report.findings)}\n\n${summary}`;
      })
      .join("\n\n");
}
