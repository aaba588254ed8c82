import type { Severity } from "@reprise/core";
import { type Uri, workspace } from "vscode";

/** The settings of package.json, as they are for one notebook. */
export interface Settings {
  readonly analyzeOnOpen: boolean;
  readonly minimumSeverity: Severity;
  readonly ignoredRules: readonly string[];
  /** Empty: look for it. */
  readonly cliPath: string;
  readonly convertArguments: readonly string[];
  readonly runArguments: readonly string[];
}

export function settingsOf(notebook: Uri): Settings {
  const values = workspace.getConfiguration("reprise", notebook);
  return {
    analyzeOnOpen: values.get("analyzeOnOpen", true),
    minimumSeverity: values.get<Severity>("minimumSeverity", "info"),
    ignoredRules: values.get<readonly string[]>("ignoredRules", []),
    cliPath: values.get("cliPath", ""),
    convertArguments: values.get<readonly string[]>("convert.arguments", []),
    runArguments: values.get<readonly string[]>("run.arguments", []),
  };
}
