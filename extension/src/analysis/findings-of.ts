import { type Analysis, type Finding, findings, type Severity, withFixes } from "@reprise/core";
import type { Settings } from "../settings.ts";

const weight: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** The findings that the settings let through. */
export function findingsOf(analysis: Analysis, settings: Settings): readonly Finding[] {
  const { findings: all } = findings(analysis, { ignore: settings.ignoredRules });
  const shown = all.filter((finding) => weight[finding.severity] >= weight[settings.minimumSeverity]);
  return withFixes(analysis, shown);
}
