import type { Configuration } from "@reprise/core";
import { ignoredRules } from "@reprise/core/node";
import type { Settings } from "../settings.ts";
import type { FindingChoice } from "./question.ts";

/** What the settings of the editor and the project's own configuration let through, of the notebook at `path`. */
export function findingChoice(
  settings: Settings,
  configuration: Configuration | undefined,
  path: string,
): FindingChoice {
  const { select, severity } = configuration ?? {};
  const ignored = configuration === undefined ? [] : ignoredRules(configuration, path);
  return {
    ignore: [...settings.ignoredRules, ...ignored],
    minimum: settings.minimumSeverity,
    ...(select === undefined ? {} : { select }),
    ...(severity === undefined ? {} : { severity }),
  };
}
