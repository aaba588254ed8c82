import { join } from "node:path";
import { cellsWithOpenFigures } from "../../dataflow/process/open-figures.ts";
import { cellOf } from "../../dataflow/statement-id.ts";
import { lastCellOf } from "../../plan/stage-cells.ts";
import type { CaptureScript } from "../sides/capture-script.ts";
import type { NotebookCapture } from "../sides/notebook-capture.ts";
import type { Nondeterminism, OutputVerdict, ValueVerdict } from "../verdict.ts";
import type { VerifyRequest } from "../verify-request.ts";
import type { ComparedShow } from "./compare.ts";
import type { ComparedStage } from "./compare-stages.ts";
import { compareText } from "./compare-text.ts";
import { fileProblem, noiseOf, notReproduced, valueVerdict } from "./judge-value.ts";
import { passedOverCells } from "./passed-over.ts";
import type { PicturePair } from "./pictures.ts";

/** What the notebook did, as far as its stages are judged by it. */
export interface NotebookSide {
  readonly request: VerifyRequest;
  readonly script: CaptureScript;
  readonly first: NotebookCapture;
  readonly again: NotebookCapture | undefined;
}

/** The verdicts on a part of what was compared. */
export interface Verdicts {
  readonly values: readonly ValueVerdict[];
  readonly outputs: readonly OutputVerdict[];
  readonly nondeterministic: readonly Nondeterminism[];
  /** Of outputs that are not the same. */
  readonly pictures: ReadonlyMap<OutputVerdict, PicturePair>;
}

/** The verdict on every value, text, display and figure of a stage. */
export function judgeStage(side: NotebookSide, stage: ComparedStage): Verdicts {
  const { values, noise } = judgeValues(side, stage);
  const text = judgeText(side, stage);
  const displays = judgeShown(side, stage, "display", stage.displays);
  const figures = judgeShown(side, stage, "figure", stage.figures);
  return {
    values,
    outputs: [...text.outputs, ...displays.outputs, ...figures.outputs, ...metricVerdicts(side, stage)],
    nondeterministic: [...noise, ...text.nondeterministic, ...displays.nondeterministic, ...figures.nondeterministic],
    pictures: new Map([...displays.pictures, ...figures.pictures]),
  };
}

function judgeValues({ script }: NotebookSide, { name, capture, values, saved }: ComparedStage) {
  const taken = new Map((script.names.get(name) ?? []).map((each) => [each.name, each]));
  const known = values.flatMap((value) => {
    const captured = taken.get(value.name);
    return captured === undefined ? [] : [{ value, captured }];
  });
  return {
    noise: known.flatMap(({ value, captured }) => noiseOf(value, captured)),
    values: known.flatMap(
      ({ value, captured }) => valueVerdict(name, captured, value, fileProblem(value.name, capture, saved)) ?? [],
    ),
  };
}

/** The verdicts on metrics that are not what the plan says; the others are values or displays, and are judged as these. */
function metricVerdicts({ request: { plan } }: NotebookSide, { name, capture }: ComparedStage): OutputVerdict[] {
  return capture.metricProblems.map(([path, verdict, detail]) => {
    const statement = plan.metrics.find((metric) => metric.stage === name && metric.name === path)?.statement;
    const cell = statement === undefined ? lastCellOf(plan, name) : cellOf(statement);
    return { cell, stage: name, kind: "metric", path, verdict, detail };
  });
}

function judgeText(
  { request: { plan, dataflow, rtol, atol }, first, again }: NotebookSide,
  { name, capture }: ComparedStage,
) {
  const commandsOf = (index: number) =>
    dataflow.cells.find(({ cell }) => cell.index === index)?.translation.commands ?? [];
  const notebook = { first: first.printed, again: again?.printed, commandsOf };
  const project = { text: capture.printed, commands: capture.commands, lastCell: lastCellOf(plan, name) };
  return compareText(name, notebook, project, { rtol, atol });
}

function judgeShown(
  { request, first }: NotebookSide,
  { name: stage, capture }: ComparedStage,
  kind: "display" | "figure",
  shown: readonly ComparedShow[],
): Omit<Verdicts, "values"> {
  const lastCell = lastCellOf(request.plan, stage);
  const passedOver = new Set(kind === "display" ? passedOverCells(request.dataflow) : []);
  const outputs: OutputVerdict[] = [];
  const nondeterministic: Nondeterminism[] = [];
  const pictures = new Map<OutputVerdict, PicturePair>();
  for (const { verdict, detail, cell: shownBy, pictures: [left, right] = [] } of shown) {
    const cell = shownBy ?? lastCell;
    if (verdict === "nondeterministic") {
      nondeterministic.push({ name: kind, cell, why: `${notReproduced}: ${detail}` });
      continue;
    }
    if (verdict === "missing" && shownBy !== null && passedOver.has(shownBy)) continue;
    const isUnseen = verdict === "new" && kind === "figure" && leavesFiguresOpen(request, stage);
    const output: OutputVerdict = isUnseen
      ? { cell, stage, kind, verdict: "opaque", detail: "the notebook has it open in a window, which is not looked at" }
      : { cell, stage, kind, verdict, detail };
    outputs.push(output);
    if (verdict === "identical") continue;
    pictures.set(output, {
      notebook: left ? join(first.folder, "figures", left) : undefined,
      project: right ? join(capture.folder, "figures", right) : undefined,
    });
  }
  return { outputs, nondeterministic, pictures };
}

/** Whether the notebook chose another backend than `inline`: what that draws on a screen is no output of the cell. */
function leavesFiguresOpen({ dataflow, plan }: VerifyRequest, name: string): boolean {
  const open = cellsWithOpenFigures(dataflow);
  const own = plan.stages.find((stage) => stage.name === name)?.statements ?? [];
  return own.some((id) => open.has(cellOf(id)));
}
