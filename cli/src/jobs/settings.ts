import { dirname, resolve } from "node:path";
import { type Configuration, type Finding, ProblemError, rules, type Severity } from "@reprise/core";
import { findConfiguration, ignoredRules } from "@reprise/core/node";
import { isFolder, isWithoutFolder, shownPath } from "../input.ts";

/** What a call says of rules; absent where it says nothing, so that the notebook's configuration holds. */
export interface RuleOptions {
  readonly failOn?: Severity | "never";
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
}

/** What holds for one notebook. */
export interface RuleSettings {
  readonly failOn: Severity | "never";
  readonly select?: readonly string[];
  readonly ignore: readonly string[];
  readonly severity: Readonly<Record<string, Severity>>;
}

/** The settings of one notebook: the call's, then its configuration's. Throws ProblemError RP141, RP145. */
export async function ruleSettings(path: string, options: RuleOptions): Promise<RuleSettings> {
  checkRules([...(options.select ?? []), ...(options.ignore ?? [])]);
  const configuration = await configurationOf(path);
  const own =
    configuration === undefined || isWithoutFolder(path)
      ? (configuration?.ignore ?? [])
      : ignoredRules(configuration, path);
  if (configuration !== undefined) checkConfigured(configuration);
  const select = options.select ?? configuration?.select;
  return {
    failOn: options.failOn ?? configuration?.failOn ?? "warning",
    ...(select === undefined ? {} : { select }),
    // What the call ignores is ignored as well; what it selects is told, whatever the file ignores.
    ignore: [...(options.select === undefined ? own : []), ...(options.ignore ?? [])],
    severity: configuration?.severity ?? {},
  };
}

/** The configuration of a notebook or of a project's folder; of the working directory for standard input. */
export function configurationOf(path: string): Promise<Configuration | undefined> {
  return findConfiguration(isWithoutFolder(path) ? process.cwd() : isFolder(path) ? path : dirname(resolve(path)));
}

const weight: Readonly<Record<Severity | "never", number>> = { info: 1, warning: 2, error: 3, never: 4 };

/** Whether a finding is one to fail on. */
export function isReported({ severity }: Finding, { failOn }: RuleSettings): boolean {
  return weight[severity] >= weight[failOn];
}

/** Told beside the rules, of the suppressions themselves. */
const unusedSuppression = "NB901";

const known: readonly string[] = [...rules.map(({ id }) => id), unusedSuppression];

/** Throws ProblemError RP141 for a rule that there is not: nothing would be found, in silence. */
function checkRules(named: readonly string[]): void {
  const unknown = named.find((start) => !known.some((id) => id.startsWith(start)));
  if (unknown === undefined) return;
  throw new ProblemError({
    id: "RP141",
    message: `There is no rule ${unknown}`,
    mend: `Name a rule or the beginning of some: ${known.join(", ")}.`,
  });
}

function checkConfigured(configuration: Configuration): void {
  const { select = [], ignore = [], severity = {}, perFileIgnores = {}, file, lineOf } = configuration;
  const named: readonly (readonly [string, readonly string[]])[] = [
    ...select.map((rule) => [rule, ["select"]] as const),
    ...ignore.map((rule) => [rule, ["ignore"]] as const),
    ...Object.keys(severity).map((rule) => [rule, ["severity", rule]] as const),
    ...Object.entries(perFileIgnores).flatMap(([pattern, list]) =>
      list.map((rule) => [rule, ["per-file-ignores", pattern]] as const),
    ),
  ];
  const unknown = named.find(([start]) => !known.some((id) => id.startsWith(start)));
  if (unknown === undefined) return;
  throw new ProblemError({
    id: "RP145",
    message: `There is no rule ${unknown[0]}`,
    place: { file: shownPath(file), line: lineOf(unknown[1]), column: 1 },
    mend: `Name a rule or the beginning of some: ${known.join(", ")}.`,
  });
}
