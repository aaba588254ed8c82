import { type Analysis, cellOf, defaultText, type Finding, type StatementId } from "@reprise/core";
import type { Verification } from "@reprise/core/node";
import type { Answer } from "../../execute.ts";
import { color } from "../../terminal/color.ts";
import { countText, findingsText } from "../../terminal/findings-text.ts";
import { shellWord } from "../../terminal/shell-word.ts";
import { carriedText } from "./carried-wheels.ts";
import type { Conversion } from "./conversion.ts";

/** A notebook that cannot be converted as it is: which cell, which line, why, and what to do. */
export function diagnosis(analysis: Analysis, reasons: readonly Finding[]): Answer {
  const { notebook } = analysis;
  return {
    exit: 1,
    json: { outcome: "diagnosed", ...{ notebook: notebook.path, findings: reasons } },
    text: () =>
      `${findingsText(notebook, reasons)}\n\n${color.bold(notebook.path)} cannot be converted as it is; no project was written.`,
  };
}

/** The answer to a conversion, into `folder` or, where it is dry, only told; `proof` is what proving it came to. */
export function answerOf(
  conversion: Conversion,
  folder: string,
  isDry: boolean,
  proof?: Verification["outcome"],
): Answer {
  const { analysis, plan, project, findings, environment } = conversion;
  const stages = plan.stages.map((stage) => ({
    name: stage.name,
    function: `${plan.package}.${stage.name}:${stage.name}`,
    cells: [...new Set(stage.statements.map(cellOf))].sort((a, b) => a - b),
    inputs: stage.inputs.map(({ name }) => name),
    outputs: stage.outputs,
  }));
  return {
    exit: 0,
    json: {
      outcome: findings.length > 0 ? "converted-with-findings" : "converted",
      ...{
        notebook: analysis.notebook.path,
        project: folder,
        package: plan.package,
        stages,
        parameters: plan.parameters.map(({ name, type, default: value, cell, origin }) => ({
          name,
          type,
          default: value,
          cell,
          origin,
        })),
        artifacts: plan.artifacts.map(({ name, names, format, from, to }) => ({ name, names, format, from, to })),
        left_out: plan.leftOut.map(({ statement, why }) => ({ ...cellAndLines(analysis, statement), why })),
        order: { used: plan.order.cells, why: plan.order.why },
        notes: plan.notes,
        findings,
        files: [...project.files.keys(), ...project.copies.keys()].sort(),
        dry_run: isDry,
        ...(environment === undefined ? {} : { lock: environment.lockHash }),
      },
    },
    text: () =>
      [
        conversionText(conversion, folder, isDry),
        ...(isDry ? [] : [`Next: ${nextStep(conversion, folder, proof)}`]),
      ].join("\n"),
  };
}

/** Run what is proven; mend a notebook that does not run; prove the rest. */
function nextStep({ analysis, environment }: Conversion, folder: string, proof?: Verification["outcome"]): string {
  const { path } = analysis.notebook;
  if (proof === "identical" || proof === "equivalent") return commandLine("run", folder);
  if (proof === "not-comparable")
    return `mend the notebook there, then ${commandLine("convert", path, "-o", folder, "--prove")}`;
  // Without a lock, the proof needs an environment that is here already.
  return commandLine("verify", path, folder, ...(environment === undefined ? ["--environment", "kernel"] : []));
}

function commandLine(...words: readonly string[]): string {
  return ["reprise", ...words].map(shellWord).join(" ");
}

function cellAndLines(analysis: Analysis, id: StatementId) {
  const statement = analysis.document.statements.find((one) => one.id === id);
  const cell = cellOf(id);
  return statement === undefined ? { cell } : { cell, lines: [statement.range.start.line, statement.range.end.line] };
}

/** A conversion for people. */
export function conversionText({ plan, findings, project }: Conversion, folder: string, isDry: boolean): string {
  const width = Math.max(...plan.stages.map(({ name }) => name.length));
  return [
    `${isDry ? "Would write" : "Wrote"} ${color.bold(folder)}: ${project.files.size} files, package ${plan.package}`,
    "",
    ...plan.stages.map((stage) => {
      const inputs = stage.inputs.map(({ name }) => name).join(", ");
      const outputs = stage.outputs.join(", ");
      return `  ${color.cyan(stage.name.padEnd(width))}  ${inputs ? `${color.dim(inputs)} ` : ""}${color.dim("→")} ${outputs || color.dim("nothing")}`;
    }),
    "",
    `  parameters: ${plan.parameters.map((parameter) => `${parameter.name}=${defaultText(parameter)}`).join(" ") || "none"}`,
    ...[...plan.notes, ...carriedText(project)].map((note) => color.dim(`  · ${note}`)),
    "",
    findings.length > 0
      ? `${countText(findings)}: reprise analyze shows them.`
      : "Nothing to report about the notebook.",
  ].join("\n");
}
