import type { PlanOptions, StatementPair } from "../plan/options.ts";
import type { PipelinePlan, Stage } from "../plan/plan.ts";
import type { Verification } from "./verdict.ts";

/** What a proof lets a plan be made again with, and why. Each one is a gap of the analysis. */
export interface Refinement {
  /** What the proof saw: `stage train failed: NameError: name 'scaler' is not defined`. */
  readonly why: string;
  /** The same without the stage: what is seen once more was not mended by this. */
  readonly cause: string;
  /** What is done about it: `features and train are one stage`. */
  readonly change: string;
  /** For the next plan: all of the earlier ones and this. */
  readonly options: RefinedOptions;
}

export type RefinedOptions = Pick<PlanOptions, "together" | "exploration" | "stages">;

/** After so many joins, the rest is joined too: each one costs a run of everything. */
const patience = 4;

/**
 * What to change about a plan whose project does not compute what the notebook computes: the stage where the two part is
 * joined with the one that gave it the value; where the notebook's run showed that the plan is wrong, nothing has to part;
 * what a report is given too late is looked at where it stood; at last, or as soon as a join did not help, everything is one
 * stage. Undefined where the proof holds, where the notebook itself does not run, and where one stage was tried already.
 */
export function refinementOf(
  plan: PipelinePlan,
  verification: Verification,
  last?: Pick<Refinement, "cause" | "options">,
): Refinement | undefined {
  const before = last?.options ?? {};
  const gap = gapRefinement(plan, verification, before);
  if (gap !== undefined) return gap;
  if (verification.outcome !== "different" && verification.outcome !== "failed") return undefined;
  const parting = partingOf(plan, verification);
  if (parting === undefined || before.stages === "single") return undefined;
  const { at, why, cause, name } = parting;
  const stage = plan.stages[at] as Stage;
  if (stage.isReport && before.exploration !== "in-place") {
    const change = "what is only looked at stays where it stands, instead of in a report";
    return { why, cause, change, options: { ...before, exploration: "in-place" } };
  }
  const together = before.together ?? [];
  const from = plan.stages.findIndex((other) => other.name === giverOf(stage, name)?.from);
  const first = from === -1 ? at - 1 : Math.min(from, at - 1);
  const pair = first < 0 ? undefined : pairOf(plan.stages[first] as Stage, stage);
  const hasNotHelped = together.length > 0 && cause === last?.cause;
  if (pair === undefined || together.length >= patience || hasNotHelped) {
    if (plan.stages.length === 1) return undefined;
    return { why, cause, change: "everything is one stage", options: { ...before, stages: "single" } };
  }
  const joined = plan.stages.slice(first, at + 1).map((each) => each.name);
  return {
    why,
    cause,
    change: `${joined.slice(0, -1).join(", ")} and ${joined.at(-1)} are one stage`,
    options: { ...before, together: [...together, pair] },
  };
}

/** What the notebook's run showed before anything differs: the stages that the plan is wrong about are joined. */
function gapRefinement(
  { stages }: PipelinePlan,
  { gaps = [] }: Verification,
  before: RefinedOptions,
): Refinement | undefined {
  const together = before.together ?? [];
  if (before.stages === "single" || together.length >= patience) return undefined;
  const stageOf = (statement: string) =>
    stages.findIndex(({ statements }) => statements.some((id) => id === statement));
  for (const { together: pair, message } of gaps) {
    if (pair === undefined || together.some(([from, to]) => from === pair[0] && to === pair[1])) continue;
    const [first, last] = pair.map(stageOf) as [number, number];
    if (first < 0 || last <= first) continue;
    const joined = stages.slice(first, last + 1).map(({ name }) => name);
    const change = `${joined.slice(0, -1).join(", ")} and ${joined.at(-1)} are one stage`;
    return { why: message, cause: message, change, options: { ...before, together: [...together, pair] } };
  }
  return undefined;
}

interface Parting {
  /** Index of the stage. */
  readonly at: number;
  readonly why: string;
  readonly cause: string;
  readonly name?: string;
}

/** The first stage where the project and the notebook part. */
function partingOf({ stages }: PipelinePlan, { failed, origin }: Verification): Parting | undefined {
  const indexOf = (name: string) => stages.findIndex((stage) => stage.name === name);
  const differs = origin && {
    at: indexOf(origin.stage),
    why: `${origin.name} of stage ${origin.stage} (cell ${origin.cell}) differs: ${origin.message}`,
    cause: `${origin.name} of cell ${origin.cell}`,
    name: origin.name,
  };
  const message = failed?.message ?? "";
  const [, unsaved] = /\b(\w+) cannot be saved\b/.exec(message) ?? [];
  const [, missing = unsaved] = /name '([^']+)' is not defined/.exec(message) ?? [];
  // What no file can hold has to be in one stage with all that take it.
  const takes = ({ inputs }: Stage) => inputs.some(({ name, from }) => name === unsaved && from === failed?.stage);
  const taker = unsaved === undefined ? -1 : stages.findLastIndex(takes);
  const fails = failed && {
    at: taker === -1 ? indexOf(failed.stage) : taker,
    why: `stage ${failed.stage} failed: ${failed.message}`,
    cause: failed.message,
    ...(missing !== undefined && { name: missing }),
  };
  const found = [differs, fails].filter((each) => each !== undefined && each.at !== -1) as Parting[];
  return found.sort((one, other) => one.at - other.at)[0];
}

/** The stage that an input comes from. */
function giverOf({ inputs }: Stage, name: string | undefined): Stage["inputs"][number] | undefined {
  return inputs.find((input) => input.name === name);
}

function pairOf(giver: Stage, taker: Stage): StatementPair | undefined {
  const from = giver.statements.at(-1);
  const to = taker.statements[0];
  return from === undefined || to === undefined ? undefined : [from, to];
}
