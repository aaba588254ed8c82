import type { FailurePlace } from "../../run/cells/failure-place.ts";
import type { StageCapture } from "../sides/stage-capture.ts";
import type { Nondeterminism, OutputVerdict, ValueVerdict, Verification } from "../verdict.ts";
import type { ComparedSides } from "./compare-stages.ts";
import { isDifference } from "./differences.ts";
import { filesReservation, judgeFiles } from "./judge-files.ts";
import { judgeStage, type NotebookSide } from "./judge-stage.ts";
import type { PairedFiles } from "./paired-files.ts";
import type { PicturePair } from "./pictures.ts";

/** Everything that a proof rests on. */
export interface Evidence extends NotebookSide {
  readonly stages: ReadonlyMap<string, StageCapture>;
  readonly files: PairedFiles;
  /** Where the stage that failed did so. */
  readonly place: FailurePlace | undefined;
  readonly compared: ComparedSides;
  readonly ids: Verification["runs"];
}

/** A verdict, and the pictures of its outputs that are not the same. */
export interface Judged {
  readonly verification: Verification;
  readonly pictures: ReadonlyMap<OutputVerdict, PicturePair>;
}

/** The verdict of a proof, from everything that was compared. */
export function judge(evidence: Evidence): Judged {
  const { request, compared, ids } = evidence;
  const { rtol, atol } = request;
  const failed = [...evidence.stages].find(([, capture]) => capture.failure);
  const stages = compared.stages.map((stage) => judgeStage(evidence, stage));
  const files = judgeFiles(request, evidence.files, compared.files);
  const values = stages.flatMap((each) => each.values);
  const outputs = [
    ...stages.flatMap((each) => each.outputs),
    // A stage that failed has not written what it and the later ones would have.
    ...files.outputs.filter(({ verdict }) => !failed || verdict !== "missing"),
  ];
  const origin = originOf(values, outputs, evidence);
  const verification: Verification = {
    outcome: failed ? "failed" : outcomeOf(values, outputs),
    values,
    outputs: outputs.toSorted((one, other) => one.cell - other.cell),
    nondeterministic: unique([...stages.flatMap((each) => each.nondeterministic), ...files.nondeterministic]),
    runs: ids,
    tolerance: { rtol, atol },
  };
  const reason = failed ? failureReason(failed, evidence) : reservations(verification, evidence);
  return {
    pictures: new Map([...stages.flatMap((each) => [...each.pictures]), ...files.pictures]),
    verification: {
      ...verification,
      ...(origin && { origin }),
      ...(failed && { failed: { stage: failed[0], message: failed[1].failure?.message ?? "" } }),
      ...(reason && { reason }),
    },
  };
}

function failureReason([stage, capture]: [string, StageCapture], { request: { plan }, place }: Evidence): string {
  const names = plan.stages.map(({ name }) => name);
  const later = names.slice(names.indexOf(stage) + 1);
  const where = place === undefined ? "" : `, at line ${place.line} of ${place.file}${cellPart(place)}`;
  const rest = later.length === 0 ? "" : ` Not reached: ${later.join(", ")}.`;
  const trace = (capture.failure?.traceback ?? []).slice(-12).join("\n");
  return `Stage ${stage} of ${plan.package} failed: ${capture.failure?.message}${where}.${rest}${trace && `\n${trace}`}`;
}

function cellPart({ cell, cellLine }: FailurePlace): string {
  return cell === undefined ? "" : `, which is line ${cellLine} of cell ${cell}`;
}

function outcomeOf(values: readonly ValueVerdict[], outputs: readonly OutputVerdict[]): Verification["outcome"] {
  const all = [...values, ...outputs];
  if (all.some(isDifference)) return "different";
  return all.some(({ verdict }) => verdict === "equivalent") ? "equivalent" : "identical";
}

/** The first stage, and in it the earliest cell, whose value parts; an input of a later stage is only a consequence. */
function originOf(
  values: readonly ValueVerdict[],
  outputs: readonly OutputVerdict[],
  { script, request: { plan } }: Evidence,
): Verification["origin"] {
  const order = script.cells.map(({ cell }) => cell);
  const stages = plan.stages.map(({ name }) => name);
  const ranked = [...values.filter(isDifference), ...outputs.filter(isDifference)].map((verdict) => ({
    verdict,
    rank: [stages.indexOf(verdict.stage), "crosses" in verdict ? 0 : 1, order.indexOf(verdict.cell)] as const,
  }));
  ranked.sort(
    (one, other) => one.rank[0] - other.rank[0] || one.rank[1] - other.rank[1] || one.rank[2] - other.rank[2],
  );
  const verdict = ranked[0]?.verdict;
  if (verdict === undefined) return undefined;
  const name =
    "name" in verdict ? verdict.name : verdict.kind === "stream" ? "printed text" : (verdict.path ?? verdict.kind);
  return { stage: verdict.stage, cell: verdict.cell, name, message: verdict.detail };
}

/** What an otherwise good outcome does not cover. */
function reservations({ values, outputs, nondeterministic }: Verification, evidence: Evidence): string | undefined {
  const { again } = evidence;
  const said = [filesReservation(evidence.files) ?? []].flat();
  const opaque = [...values, ...outputs].filter(({ verdict }) => verdict === "opaque").length;
  if (opaque > 0) said.push(`${count(opaque, "value")} could not be compared in full.`);
  if (nondeterministic.length > 0)
    said.push(
      `${count(nondeterministic.length, "place")} could not be compared, because two runs of the notebook do not agree on them.`,
    );
  if (again === undefined) said.push("The notebook ran once only: what it does not reproduce itself is not known.");
  else if (again.stopped)
    said.push(
      `The notebook's second run stopped at cell ${again.stopped.cell} (${again.stopped.name}: ${again.stopped.message}): what it does not reproduce itself is not known.`,
    );
  return said.length === 0 ? undefined : said.join(" ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function unique(all: readonly Nondeterminism[]): readonly Nondeterminism[] {
  return [...new Map(all.map((each) => [`${each.cell} ${each.name}`, each])).values()];
}
