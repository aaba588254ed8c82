import { type Analysis, type Finding, findings as findingsOf, type Notebook, type Severity } from "@reprise/core";
import color from "picocolors";
import type { AnalyzeOptions } from "../commands/analyze.ts";
import type { Answer, Call } from "../execute.ts";
import { countText, findingsText } from "../terminal/findings-text.ts";
import { version } from "../version.ts";
import { analyseFile } from "./analysis.ts";

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

/** Analyses notebooks one after the other. Throws ProblemError for the first that cannot be read. */
export async function analyzeNotebooks(paths: readonly string[], options: AnalyzeOptions, call: Call): Promise<Answer> {
  const reports: { readonly notebook: Notebook; readonly report: NotebookReport }[] = [];
  for (const [at, path] of paths.entries()) {
    call.signal.throwIfAborted();
    if (paths.length > 1) call.onProgress({ task: "Analysing", detail: path, done: at, total: paths.length });
    const start = performance.now();
    const analysis = await analyseFile(path);
    reports.push({ notebook: analysis.notebook, report: reportOf(analysis, options, start) });
  }
  const all = reports.flatMap(({ report }) => report.findings);
  const isReported = all.some((finding) => weight[finding.severity] >= weight[options.failOn]);
  return {
    exit: isReported ? 1 : 0,
    json: {
      outcome: all.length > 0 ? "findings" : "clean",
      ...{ notebooks: reports.map(({ report }) => report) },
    },
    text: await textIn(options.format, reports),
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
    findings,
    suppressed: suppressed.length,
  };
}

async function textIn(
  format: AnalyzeOptions["format"],
  reports: readonly { readonly notebook: Notebook; readonly report: NotebookReport }[],
): Promise<() => string> {
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
