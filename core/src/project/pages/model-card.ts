import { cellOf } from "../../dataflow/statement-id.ts";
import type { Finding } from "../../rules/finding.ts";
import { cellList } from "../../text/cell-list.ts";
import type { ProjectContext } from "../context.ts";
import { dataFiles } from "../data-files.ts";
import { parametersOf } from "../modules/parameters-view.ts";
import { recordedMetrics } from "../tests/recorded-metrics.ts";
import { callsOfRole, type ModelFacts, modelsOf, quoted } from "./model-facts.ts";
import { defaultText } from "./parameter-words.ts";

/** Findings that say something about what a model is worth: randomness and leakage. */
const aboutModels = /^NB[25]\d\d$/;

/** The library of the Hugging Face model card metadata, by the package that a model's class comes from. */
const libraries: Readonly<Record<string, string>> = {
  sklearn: "sklearn",
  torch: "pytorch",
  notebook: "pytorch",
  keras: "keras",
  tensorflow: "tf-keras",
  xgboost: "xgboost",
  lightgbm: "lightgbm",
  catboost: "catboost",
  statsmodels: "statsmodels",
  transformers: "transformers",
};

/**
 * What MODEL_CARD.md is filled in with, after Mitchell et al. 2019 (Model Cards for Model Reporting) and the metadata of
 * Hugging Face's model cards. Undefined for a notebook that fits no model. What nobody can know from the code is left
 * as a question.
 */
export function modelCardView(context: ProjectContext, findings: readonly Finding[]): object | undefined {
  const models = modelsOf(context);
  if (models.length === 0) return undefined;
  const { plan } = context;
  const splits = callsOfRole(context, new Set(["split"])).map(({ id, call }) => quoted(context, id, call.node));
  const parameters = parametersOf(plan);
  return {
    title: plan.notebook.title,
    package: plan.package,
    library: libraries[models[0]?.type?.split(".", 1)[0] ?? ""],
    models: models.map((model) => modelView(context, model)),
    hyperparameters: parameters
      .filter(({ origin }) => origin !== "path" && origin !== "seed")
      .map((parameter) => ({ name: parameter.name, value: defaultText(parameter), help: parameter.help })),
    seeds: parameters
      .filter(({ origin }) => origin === "seed")
      .map((each) => `\`${each.name}\` = ${defaultText(each)}`)
      .join(", "),
    unseeded: plan.seeding.seeded.join(", "),
    splits,
    data: dataFiles(context),
    metrics: metricsView(context),
    metricNames: plan.metrics.map(({ name }) => name),
    findings: findings
      .filter(({ rule }) => aboutModels.test(rule))
      .map(({ rule, cell, message }) => ({ rule, cell, message: message.replace(/\s+/g, " ") })),
  };
}

function modelView(context: ProjectContext, { name, stage, type, made, fits, features, targets }: ModelFacts): object {
  const columns = features.flatMap((each) => columnsOf(context, each));
  const target = targets.flatMap((each) => columnsOf(context, each));
  return {
    name,
    stage,
    type: context.observation?.values[stage]?.[name]?.type.name ?? type,
    made: made?.code,
    cells: cellList([...(made === undefined ? [] : [made.cell]), ...fits.map(({ cell }) => cell)]),
    fits: [...new Set(fits.map(({ code }) => code))],
    features: columns.length > 0 ? columns.join(", ") : undefined,
    featureNames: features.map((each) => `\`${each}\``).join(", "),
    target: target.length > 0 ? target.join(", ") : undefined,
    targetNames: targets.map((each) => `\`${each}\``).join(", "),
  };
}

/** The columns of a value that a proven run showed; nothing where nothing was run. */
function columnsOf({ observation, plan }: ProjectContext, name: string): readonly string[] {
  const seen = plan.stages.findLast(({ name: stage }) => observation?.values[stage]?.[name]?.schema !== undefined);
  const columns = seen && observation?.values[seen.name]?.[name]?.schema?.columns;
  return (columns ?? []).map((column) => `\`${column.name}\``);
}

/** The numbers that the notebook reported, with their values where they are known, and where each comes from. */
function metricsView(context: ProjectContext): readonly object[] {
  const recorded = new Map(recordedMetrics(context).map((each) => [each.name, each]));
  return context.plan.metrics.map(({ name, stage, statement, expression }) => {
    const cell = cellOf(statement);
    const seen = context.observation?.values[stage]?.[expression]?.summary;
    const saved = recorded.get(name)?.value;
    const value = typeof seen === "number" ? seen : saved;
    const source =
      typeof seen === "number"
        ? "the proven run"
        : saved === undefined
          ? "not recorded"
          : `the saved output of cell ${cell}`;
    return {
      name,
      ...(expression !== name && { expression }),
      cell,
      value: value === undefined ? "unknown" : `${value}`,
      source,
    };
  });
}
