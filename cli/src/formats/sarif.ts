import { type Rule, rules } from "@reprise/core";
import type { NotebookReport } from "../jobs/analyze.ts";

const levels = { error: "error", warning: "warning", info: "note" } as const;

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). A cell is named as a logical location; lines are
 * counted in the cell's source, because the file's own lines are JSON.
 */
export function sarif(reports: readonly NotebookReport[], version: string): object {
  const used = new Set(reports.flatMap((report) => report.findings.map((finding) => finding.rule)));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "reprise", version, rules: rules.filter((rule) => used.has(rule.id)).map(describe) },
        },
        columnKind: "utf16CodeUnits",
        results: reports.flatMap(resultsOf),
      },
    ],
  };
}

const describe = (rule: Rule) => ({ id: rule.id, name: rule.name, shortDescription: { text: rule.summary } });

function resultsOf(report: NotebookReport): object[] {
  return report.findings.map((finding) => ({
    ruleId: finding.rule,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(report.path.replaceAll("\\", "/")) },
          region: {
            startLine: finding.range.start.line,
            startColumn: finding.range.start.column,
            endLine: finding.range.end.line,
            endColumn: finding.range.end.column,
          },
        },
        logicalLocations: [
          { name: `cell ${finding.cell}`, kind: "module", fullyQualifiedName: `cells[${finding.cell}]` },
        ],
      },
    ],
    properties: {
      tier: finding.tier,
      subject: finding.subject,
      cell: finding.cell,
      ...(finding.predicts === undefined ? {} : { predicts: finding.predicts }),
    },
  }));
}
