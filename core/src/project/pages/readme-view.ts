import type { Parameter, Stage } from "../../plan/plan.ts";
import { cellList } from "../../text/cell-list.ts";
import type { ProjectContext } from "../context.ts";
import { dataFiles } from "../data-files.ts";
import { classSettings } from "../modules/class-settings.ts";
import { definedNames } from "../modules/definition-table.ts";
import { secretsOf } from "../modules/parameters-view.ts";
import type { StageInterface } from "../modules/stage-interface.ts";
import { allowedText, defaultText } from "./parameter-words.ts";
import { wrapped } from "./prose-lines.ts";

/** What the README tells: the stages and the values between them, where each came from, and what was left out. */
export function readmeView(
  context: ProjectContext,
  stages: readonly StageInterface[],
  parameters: readonly Parameter[],
): object {
  const { plan, source } = context;
  const cellsOf = (ids: Parameters<typeof source.statement>[0][]) =>
    ids.map((id) => source.statement(id).cell.cell.index);
  return {
    commands: commandLines(plan.package, plan.stages[0]?.name ?? "run"),
    introduction: introductionOf(context),
    dataFiles: dataFiles(context),
    stages: stages.map(({ stage }) => ({
      name: stage.name,
      heading: stage.name === stage.title ? stage.name : `${stage.name}: ${stage.title.replace(/["[\]<>]/g, "")}`,
      cells: cellList(cellsOf([...stage.statements])).replace(/^cells? /, ""),
      inputs: names(stage.inputs.map(({ name }) => name)),
      outputs: names(stage.outputs),
    })),
    edges: stages.flatMap(({ stage }) => edgesTo(stage)),
    modules: plan.modules.map((module) => ({
      name: module.name,
      cells: cellList(cellsOf([...module.statements, ...(module.named ?? []).map(({ use }) => use.statement)])).replace(
        /^cells? /,
        "",
      ),
      names: names(definedNames(module, source)),
    })),
    metrics: names(stages.flatMap(({ metrics }) => metrics)),
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      type: [parameter.type, allowedText(parameter)].join(" ").trim(),
      default: defaultText(parameter),
      from: parameter.cell < 0 ? "" : `cell ${parameter.cell}`,
      help: cellText(parameter.help),
    })),
    configuration: names([...new Set(classSettings(context).map(({ owner }) => owner))]),
    secrets: names(secretsOf(plan).map(({ name }) => name)),
    orderWhy: `${plan.order.why.replace(/^./, (first) => first.toUpperCase()).replace(/\.?$/, ".")} ${orderText(plan.order.cells)}`,
    seeding: seedingText(context),
    notes: plan.notes,
    leftOut: plan.leftOut.map(({ statement, why }) => ({
      cell: source.statement(statement).cell.cell.index,
      code: firstLine(context, statement),
      why: cellText(why),
    })),
  };
}

/** What a stage takes of earlier ones, values and files, by the stage that they come from. */
function edgesTo({ name: to, inputs, after = [] }: Stage): readonly object[] {
  const values = [...Map.groupBy(inputs, ({ from }) => from)].map(([from, taken]) => ({
    from,
    names: taken.map(({ name }) => name).join(", "),
  }));
  return [...values, ...after.map((from) => ({ from, names: "files" }))].map((edge) => ({ ...edge, to }));
}

/** Commands and what each does, in two columns. */
function commandLines(packageName: string, stage: string): readonly string[] {
  const commands = [
    ["run", "every stage; results in work/"],
    [stage, "one stage, from what the stages before it left in work/"],
    ["params", "the parameters of this call"],
  ] as const;
  const calls = commands.map(([word, does]) => [`python -m ${packageName} ${word}`, does] as const);
  const width = Math.max(...calls.map(([call]) => call.length));
  return calls.map(([call, does]) => `${call.padEnd(width)}  # ${does}`);
}

/** The cells that run, as they follow one another. */
function orderText(cells: readonly number[]): string {
  const rises = cells.every((cell, at) => at === 0 || cell > (cells[at - 1] as number));
  return rises ? `It runs ${cellList(cells)}.` : `Order of the cells: ${cells.join(", ")}.`;
}

/** What the notebook is about, as its author put it; without the title, which the README has. */
function introductionOf({ prose, plan }: ProjectContext): string | undefined {
  const blocks = prose.introduction.filter(({ kind, lines }) => kind !== "heading" || lines[0] !== plan.notebook.title);
  const text = wrapped(blocks, 110).join("\n");
  return text === "" ? undefined : text;
}

function names(list: readonly string[]): string {
  return list.map((name) => `\`${name}\``).join(", ");
}

/** A text as it may stand in a cell of a table. */
function cellText(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|");
}

function firstLine({ source }: ProjectContext, id: Parameters<typeof source.statement>[0]): string {
  const { cell, statement } = source.statement(id);
  const lines = cell.cell.source.split("\n").slice(statement.range.start.line - 1, statement.range.end.line);
  const line = (lines[0] ?? "").trim().replaceAll("`", "'");
  return `\`${cellText(line.length > 60 ? `${line.slice(0, 60)} ...` : line)}\``;
}

function seedingText({ plan, dataflow }: ProjectContext): string {
  const { seeded, carried } = plan.seeding;
  const texts = [
    seeded.length === 0
      ? dataflow.randomness.length === 0
        ? "Nothing in it draws from a random stream, as far as its code tells."
        : "Whatever is random is seeded by the notebook itself."
      : `The notebook draws from ${seeded.join(", ")} without a seed: every stage begins with \`params.seed\`.`,
    ...carried.map(
      ({ stream, from, to }) =>
        `The stream of ${stream} goes on from \`${from}\` to ${names(to)}: its state is handed on.`,
    ),
  ];
  return texts.join(" ");
}
