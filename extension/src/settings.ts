import type { Severity } from "@reprise/core";
import { type Uri, workspace } from "vscode";

/** The settings of package.json, as they are for one notebook. */
export interface Settings {
  readonly analyzeOnOpen: boolean;
  readonly minimumSeverity: Severity;
  readonly ignoredRules: readonly string[];
  /** Empty: look for it. */
  readonly cliPath: string;
  /** Whether a conversion is proven by running both; never where nothing is locked. */
  readonly proves: boolean;
  readonly convertArguments: readonly string[];
  readonly runArguments: readonly string[];
}

/** The settings that hold for a notebook. */
export function settingsOf(notebook: Uri): Settings {
  const values = workspace.getConfiguration("reprise", notebook);
  const convertArguments = values.get<readonly string[]>("convert.arguments", []);
  return {
    analyzeOnOpen: values.get("analyzeOnOpen", true),
    minimumSeverity: values.get<Severity>("minimumSeverity", "info"),
    ignoredRules: values.get<readonly string[]>("ignoredRules", []),
    cliPath: values.get("cliPath", ""),
    proves: values.get("convert.prove", true) && !convertArguments.includes("--no-lock"),
    convertArguments,
    runArguments: values.get<readonly string[]>("run.arguments", []),
  };
}
