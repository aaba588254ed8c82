import { type Analysis, type Finding, findings, type Severity } from "@reprise/core";
import type { FindingChoice } from "./question.ts";

const weight: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** The findings that the settings let an editor show. */
export function chosenFindings(analysis: Analysis, { minimum, ...choice }: FindingChoice): readonly Finding[] {
  const { findings: all } = findings(analysis, choice);
  return all.filter((finding) => weight[finding.severity] >= weight[minimum]);
}
