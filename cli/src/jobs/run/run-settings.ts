import { resolve } from "node:path";
import { type Analysis, cellOf, type Notebook, ProblemError, planPipeline } from "@reprise/core";
import type { PapermillOptions } from "../../commands/papermill-options.ts";
import { recordedCommand } from "../../recorded-command.ts";
import type { ChosenEnvironment } from "../environment.ts";
import type { RunOptions } from "./run-options.ts";

/** What concerns each run of a notebook. */
export type NotebookOptions = Pick<
  RunOptions,
  | ("env" | "secrets" | "tag" | "seed" | "name" | "experiment" | "onTimeout" | "startTimeout" | "executionTimeout")
  | ("timeout" | "allowErrors" | "allowError" | "forceErrors")
>;

/** What every run of a notebook in Python is asked with, one or many. */
export function notebookSettings(
  analysis: Analysis,
  directory: string,
  environment: Partial<ChosenEnvironment>,
  options: NotebookOptions,
) {
  return {
    ...commonSettings(analysis.notebook, directory, environment, options),
    metrics: metricSources(analysis),
    data: dataFiles(analysis, directory),
  };
}

/** The same in any language. */
export function commonSettings(
  notebook: Notebook,
  directory: string,
  environment: Partial<ChosenEnvironment>,
  options: NotebookOptions,
) {
  return {
    notebook,
    directory,
    command: recordedCommand(),
    onTimeout: options.onTimeout,
    startTimeoutMilliseconds: options.startTimeout * 1000,
    ...runSettings(options),
    ...(environment.locked === undefined ? {} : { environment: environment.locked }),
    ...(options.executionTimeout === undefined ? {} : { cellTimeoutMilliseconds: options.executionTimeout * 1000 }),
    ...(options.timeout === undefined ? {} : { timeoutMilliseconds: options.timeout * 1000 }),
    ...(options.allowErrors === undefined ? {} : { allowErrors: options.allowErrors }),
    ...(options.allowError === undefined ? {} : { allowErrorNames: options.allowError }),
    ...(options.forceErrors === undefined ? {} : { forceErrors: options.forceErrors }),
  };
}

/** What runs of notebooks and of projects are asked with in the same way. */
export function runSettings(options: Pick<RunOptions, "env" | "secrets" | "tag" | "seed" | "name" | "experiment">) {
  return {
    variables: variables(options.env ?? []),
    ...(options.secrets && { secrets: options.secrets }),
    tags: Object.fromEntries(options.tag ?? []),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.experiment === undefined ? {} : { experiment: options.experiment }),
  };
}

/** `NAME=VALUE`, or `NAME` for its value here. Throws ProblemError RP141 where it has none. */
export function variables(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf("=");
      const name = at < 0 ? text : text.slice(0, at);
      const value = at < 0 ? process.env[name] : text.slice(at + 1);
      if (value !== undefined) return [name, value];
      throw new ProblemError({
        id: "RP141",
        message: `--env ${name}: this variable is not set here`,
        mend: `Set it, or give its value: --env ${name}=VALUE.`,
      });
    }),
  );
}

function metricSources(analysis: Analysis) {
  const planned = planPipeline(analysis, {});
  if (planned.outcome !== "planned") return [];
  return planned.plan.metrics.map(({ name, expression, statement }) => ({
    name,
    expression,
    cell: cellOf(statement),
  }));
}

function dataFiles(analysis: Analysis, directory: string) {
  return analysis.document.files.flatMap(({ path, use }) =>
    path === undefined || /^[a-z]+:\/\//i.test(path)
      ? []
      : [{ path: resolve(directory, path), use: use === "read" ? ("read" as const) : ("write" as const) }],
  );
}

/** How often the output is saved while cells run: as it costs little, unless it is said. */
export function savingOf({ autosaveCellEvery: seconds, requestSaveOnCellExecute }: PapermillOptions) {
  if (requestSaveOnCellExecute === false) return { saveEveryMilliseconds: 0 };
  return seconds === undefined ? {} : { saveEveryMilliseconds: seconds * 1000 };
}
