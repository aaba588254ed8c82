import { type Analysis, type Configuration, type Finding, findings, type Severity } from "@reprise/core";
import { ignoredRules } from "@reprise/core/node";
import type { Settings } from "../settings.ts";

const weight: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

/** The findings that the settings of the editor and the project's own configuration let through, of the notebook at `path`. */
export function findingsOf(
  analysis: Analysis,
  settings: Settings,
  configuration: Configuration | undefined,
  path: string,
): readonly Finding[] {
  const { select, severity } = configuration ?? {};
  const ignored = configuration === undefined ? [] : ignoredRules(configuration, path);
  const { findings: all } = findings(analysis, {
    ignore: [...settings.ignoredRules, ...ignored],
    ...(select === undefined ? {} : { select }),
    ...(severity === undefined ? {} : { severity }),
  });
  return all.filter((finding) => weight[finding.severity] >= weight[settings.minimumSeverity]);
}
