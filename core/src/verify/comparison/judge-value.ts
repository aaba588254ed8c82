import type { CapturedName } from "../sides/capture-script.ts";
import type { StageCapture } from "../sides/stage-capture.ts";
import type { Nondeterminism, ValueVerdict } from "../verdict.ts";
import type { ComparedValue } from "./compare.ts";

/** Why something has no verdict. */
export const notReproduced = "differs between two runs of the notebook itself";

/** More places in one value that are not reproduced say nothing new. */
const mostNoise = 20;

/** What of a value two runs of the notebook do not agree on: all of it, or places in it. */
export function noiseOf(value: ComparedValue, { cell }: CapturedName): readonly Nondeterminism[] {
  if (value.verdict === "nondeterministic") {
    return [{ name: value.name, cell, why: `${notReproduced}: ${value.detail}` }];
  }
  return (value.noise ?? []).slice(0, mostNoise).map(({ path, message }) => ({
    name: `${value.name}${path.startsWith(".") || path.startsWith("[") ? "" : ", "}${path}`,
    cell,
    why: `${notReproduced}: ${message}`,
  }));
}

/** What is wrong with the file of a value. */
export interface FileProblem {
  /** `missing`: it was not saved; `different`: it cannot be loaded, or another value comes back. */
  readonly verdict: "missing" | "different";
  readonly message: string;
}

/** What is wrong with the file of a value; undefined where it comes back as it went. */
export function fileProblem(
  name: string,
  { problems }: StageCapture,
  saved: readonly ComparedValue[],
): FileProblem | undefined {
  const told = problems.find(([of]) => of === name)?.[1];
  if (told !== undefined) {
    return { verdict: /saved no value|is not there/.test(told) ? "missing" : "different", message: told };
  }
  const back = saved.find((value) => value.name === name);
  if (back?.verdict !== "different" && back?.verdict !== "missing") return undefined;
  return { verdict: "different", message: `what the stage saved is not what it returned: ${back.detail}` };
}

/** The verdict on a value; none for what is not reproduced, and for what another stage's verdict says already. */
export function valueVerdict(
  stage: string,
  { cell, kind }: CapturedName,
  value: ComparedValue,
  problem: FileProblem | undefined,
): ValueVerdict | undefined {
  const { verdict, maxAbs, maxRel } = value;
  if (verdict === "nondeterministic") return undefined;
  // What a stage is given is listed with the stage that made it; here only if it is not the same any more.
  if (kind === "input" && verdict !== "different") return undefined;
  if (kind === "variable" && verdict === "new") return undefined;
  const lost = verdict === "different" ? undefined : problem;
  const detail = kind === "input" ? `as the stage has it: ${value.detail}` : value.detail;
  return {
    name: value.name,
    stage,
    cell,
    verdict: lost?.verdict ?? verdict,
    type: value.type,
    crosses: kind === "output",
    detail: lost?.message ?? detail,
    ...(typeof maxAbs === "number" && { maxAbs }),
    ...(typeof maxRel === "number" && { maxRel }),
  };
}
