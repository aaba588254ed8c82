import { join } from "node:path";
import { stageValues } from "../sides/notebook-capture.ts";
import type { NotebookRuns } from "../sides/notebook-runs.ts";
import type { StageCapture } from "../sides/stage-capture.ts";
import type { VerifyRequest } from "../verify-request.ts";
import {
  type ComparedShow,
  type ComparedValue,
  compareCaptures,
  type FilePair,
  type ShownPair,
  type StagePair,
} from "./compare.ts";
import { passedOverCells } from "./passed-over.ts";

/** A stage of the project that came to its end, held against the notebook. */
export interface ComparedStage {
  readonly name: string;
  readonly capture: StageCapture;
  /** The notebook's values, and what the stage returned. */
  readonly values: readonly ComparedValue[];
  /** What the stage returned, and what comes back from its files. */
  readonly saved: readonly ComparedValue[];
  readonly displays: readonly ComparedShow[];
  readonly figures: readonly ComparedShow[];
}

export interface ComparedSides {
  /** In the order of the plan. */
  readonly stages: readonly ComparedStage[];
  /** In the order of the pairs. */
  readonly files: readonly ComparedValue[];
}

/** What is asked of one stage: each is a comparison of two folders. */
type AskedStage = Pick<ComparedStage, "name" | "capture"> & {
  readonly values: StagePair;
  readonly saved: StagePair;
  readonly displays: ShownPair;
  readonly figures: ShownPair;
};

/** Compares what the stages that came to their end computed and showed, and pairs of files, in the engine. */
export async function compareStages(
  request: VerifyRequest,
  runs: NotebookRuns,
  captures: ReadonlyMap<string, StageCapture>,
  files: readonly FilePair[],
): Promise<ComparedSides> {
  const { atol, engine, rtol, signal, workFolder } = request;
  const asked = [...captures]
    .filter(([, { failure }]) => failure === undefined)
    .map(([name, capture]) => askedOf(name, capture, request, runs));
  const stages = [...asked.map(({ values }) => values), ...asked.map(({ saved }) => saved)];
  const shown = [...asked.map(({ displays }) => displays), ...asked.map(({ figures }) => figures)];
  const pairs = { rtol, atol, stages, shown, files };
  const compared = await compareCaptures(engine, runs.agent, workFolder, pairs, signal);
  return {
    stages: asked.map(({ name, capture }, at) => ({
      name,
      capture,
      values: compared.stages[at] ?? [],
      saved: compared.stages[asked.length + at] ?? [],
      displays: compared.shown[at] ?? [],
      figures: compared.shown[asked.length + at] ?? [],
    })),
    files: compared.files,
  };
}

function askedOf(
  name: string,
  capture: StageCapture,
  { plan, dataflow }: VerifyRequest,
  { again, first, script }: NotebookRuns,
): AskedStage {
  const second = again?.stopped ? undefined : again;
  const taken = script.names.get(name) ?? [];
  const shown = (kind: "displays" | "figures"): ShownPair => ({
    stage: name,
    left: join(first.folder, kind),
    again: second && join(second.folder, kind),
    right: join(capture.folder, kind),
    // The value of `plt.plot(x)` need not be shown; its figure does.
    passedOver: kind === "displays" ? passedOverCells(dataflow) : [],
  });
  return {
    name,
    capture,
    values: {
      left: stageValues(first, name),
      again: second && stageValues(second, name),
      right: join(capture.folder, "values"),
      names: likeNames(taken.map((each) => each.name)),
      sides: ["the notebook", "the project"],
      alone: taken.filter(({ kind }) => kind === "input").map((each) => each.name),
    },
    saved: {
      left: join(capture.folder, "values"),
      right: join(capture.folder, "saved"),
      names: likeNames(plan.stages.find((stage) => stage.name === name)?.outputs ?? []),
      sides: ["what the stage returned", "its file"],
      together: plan.artifacts.filter(({ from }) => from === name).map(({ names }) => names),
    },
    displays: shown("displays"),
    figures: shown("figures"),
  };
}

/** Both sides call them the same. */
function likeNames(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.map((name) => [name, name]);
}
