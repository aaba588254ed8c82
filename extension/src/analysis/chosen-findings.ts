import { type Analysis, type Finding, type Fix, findings, fixesOf, type Severity } from "@reprise/core";
import type { FindingChoice } from "./question.ts";

const weight: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** The findings that the settings let an editor show. */
export function chosenFindings(analysis: Analysis, { minimum, ...choice }: FindingChoice): readonly Finding[] {
  const { findings: all } = findings(analysis, choice);
  return all.filter((finding) => weight[finding.severity] >= weight[minimum]);
}

/** Every safe mend of each of these findings, in their order, the best of each first. */
export function chosenFixes(analysis: Analysis, choice: FindingChoice): readonly (readonly Fix[])[] {
  return chosenFindings(analysis, choice).map((finding) => fixesOf(analysis, finding));
}
