import { join } from "node:path";
import { isPassedOver } from "../../project/edits/display-edits.ts";
import type { FailurePlace } from "../../run/cells/failure-place.ts";
import type { CapturedName, CaptureScript } from "../sides/capture-script.ts";
import type { NotebookCapture } from "../sides/notebook-capture.ts";
import type { StageCapture } from "../sides/stage-capture.ts";
import type { Nondeterminism, OutputVerdict, ValueVerdict, Verification } from "../verdict.ts";
import type { VerifyRequest } from "../verify-request.ts";
import type { Compared, ComparedValue } from "./compare.ts";
import { compareText } from "./compare-text.ts";
import { isDifference } from "./differences.ts";
import { filesReservation, judgeFiles } from "./judge-files.ts";
import type { PairedFiles } from "./paired-files.ts";
import type { PicturePair } from "./pictures.ts";

/** What a stage shows besides text; for each stage the comparison answers with these, in this order. */
export const shownKinds = ["displays", "figures"] as const;

export interface Evidence {
  readonly request: VerifyRequest;
  readonly script: CaptureScript;
  readonly first: NotebookCapture;
  readonly again: NotebookCapture | undefined;
  readonly stages: ReadonlyMap<string, StageCapture>;
  readonly files: PairedFiles;
  /** Where the stage that failed did so. */
  readonly place: FailurePlace | undefined;
  /** For the stages that came to their end: their values, then what they saved; displays and figures of each. */
  readonly compared: Compared;
  readonly ids: Verification["runs"];
}

/** A verdict, and the pictures of its outputs that are not the same. */
export interface Judged {
  readonly verification: Verification;
  readonly pictures: ReadonlyMap<OutputVerdict, PicturePair>;
}

/** The verdict of a proof, from everything that was compared. */
export function judge(evidence: Evidence): Judged {
  const { request, script, stages, compared, first, again } = evidence;
  const { rtol, atol, plan } = request;
  const whole = [...stages].filter(([, capture]) => capture.failure === undefined);
  const values: ValueVerdict[] = [];
  const outputs: OutputVerdict[] = [];
  const nondeterministic: Nondeterminism[] = [];
  const pictures = new Map<OutputVerdict, PicturePair>();
  for (const [at, [stage, capture]] of whole.entries()) {
    const saved = compared.stages[whole.length + at] ?? [];
    for (const value of compared.stages[at] ?? []) {
      const captured = script.names.get(stage)?.find(({ name }) => name === value.name);
      if (captured === undefined) continue;
      nondeterministic.push(...noise(value, captured));
      const verdict = valueVerdict(stage, captured, value, fileProblem(value.name, capture, saved));
      if (verdict) values.push(verdict);
    }
    const lastCell = Math.max(
      0,
      ...(plan.stages.find(({ name }) => name === stage)?.statements.map((id) => Number.parseInt(id, 10)) ?? []),
    );
    const project = { text: capture.printed, lastCell };
    const text = compareText(stage, first.printed, again?.printed, project, { rtol, atol });
    outputs.push(...text.outputs);
    nondeterministic.push(...text.nondeterministic);
    for (const [which, kind] of (["display", "figure"] as const).entries()) {
      for (const shown of compared.shown[at * shownKinds.length + which] ?? []) {
        if (shown.verdict === "nondeterministic") {
          nondeterministic.push({ name: kind, cell: shown.cell ?? lastCell, why: `${notReproduced}: ${shown.detail}` });
        } else if (shown.verdict !== "missing" || shown.cell === null || !endsPassedOver(request, shown.cell)) {
          const output = { cell: shown.cell ?? lastCell, stage, kind, verdict: shown.verdict, detail: shown.detail };
          outputs.push(output);
          const [left, right] = shown.pictures ?? [];
          if (shown.verdict !== "identical") {
            pictures.set(output, {
              notebook: left ? join(first.folder, "figures", left) : undefined,
              project: right ? join(capture.folder, "figures", right) : undefined,
            });
          }
        }
      }
    }
  }
  const failed = [...stages].find(([, capture]) => capture.failure);
  const files = judgeFiles(request, evidence.files, compared.files);
  // A stage that failed has not written what it and the later ones would have.
  outputs.push(...files.outputs.filter(({ verdict }) => !failed || verdict !== "missing"));
  nondeterministic.push(...files.nondeterministic);
  for (const [output, pair] of files.pictures) pictures.set(output, pair);
  const origin = originOf(values, outputs, script, request);
  const verification: Verification = {
    outcome: failed ? "failed" : outcomeOf(values, outputs),
    values,
    outputs: outputs.sort((one, other) => one.cell - other.cell),
    nondeterministic: unique(nondeterministic),
    runs: evidence.ids,
    tolerance: { rtol, atol },
  };
  const reason = failed ? failureReason(failed, evidence) : reservations(verification, evidence);
  return {
    pictures,
    verification: {
      ...verification,
      ...(origin && { origin }),
      ...(failed && { failed: { stage: failed[0], message: failed[1].failure?.message ?? "" } }),
      ...(reason && { reason }),
    },
  };
}

/** A cell that ends in an expression such as `model.fit(X, y)`, whose value is shown although nobody looks at it. */
function endsPassedOver({ dataflow }: VerifyRequest, index: number): boolean {
  const last = dataflow.cells.find(({ cell }) => cell.index === index)?.statements.at(-1);
  return last !== undefined && isPassedOver(last);
}

function failureReason([stage, capture]: [string, StageCapture], { request: { plan }, place }: Evidence): string {
  const names = plan.stages.map(({ name }) => name);
  const later = names.slice(names.indexOf(stage) + 1);
  const where = place === undefined ? "" : `, at line ${place.line} of ${place.file}${cellOf(place)}`;
  const rest = later.length === 0 ? "" : ` Not reached: ${later.join(", ")}.`;
  const trace = (capture.failure?.traceback ?? []).slice(-12).join("\n");
  return `Stage ${stage} of ${plan.package} failed: ${capture.failure?.message}${where}.${rest}${trace && `\n${trace}`}`;
}

function cellOf({ cell, cellLine }: FailurePlace): string {
  return cell === undefined ? "" : `, which is line ${cellLine} of cell ${cell}`;
}

const notReproduced = "differs between two runs of the notebook itself";

function noise(value: ComparedValue, captured: CapturedName): Nondeterminism[] {
  if (value.verdict === "nondeterministic") {
    return [{ name: value.name, cell: captured.cell, why: `${notReproduced}: ${value.detail}` }];
  }
  return (value.noise ?? []).slice(0, 20).map(({ path, message }) => ({
    name: `${value.name}${path.startsWith(".") || path.startsWith("[") ? "" : ", "}${path}`,
    cell: captured.cell,
    why: `${notReproduced}: ${message}`,
  }));
}

/** What is wrong with the file of a value: it was not saved, cannot be loaded, or another value comes back. */
function fileProblem(name: string, capture: StageCapture, saved: readonly ComparedValue[]): string | undefined {
  const told = capture.problems.find(([of]) => of === name);
  if (told) return told[1];
  const back = saved.find((value) => value.name === name);
  return back && (back.verdict === "different" || back.verdict === "missing")
    ? `what the stage saved is not what it returned: ${back.detail}`
    : undefined;
}

function valueVerdict(
  stage: string,
  { cell, kind }: CapturedName,
  value: ComparedValue,
  problem: string | undefined,
): ValueVerdict | undefined {
  if (value.verdict === "nondeterministic") return undefined;
  const crosses = kind === "output";
  // What a stage is given is listed with the stage that made it; here only if it is not the same any more.
  if (kind === "input" && value.verdict !== "different") return undefined;
  if (kind === "variable" && value.verdict === "new") return undefined;
  const detail =
    problem && value.verdict !== "different"
      ? problem
      : kind === "input"
        ? `as the stage has it: ${value.detail}`
        : value.detail;
  return {
    name: value.name,
    stage,
    cell,
    verdict:
      problem && value.verdict !== "different"
        ? /saved no value|is not there/.test(problem)
          ? "missing"
          : "different"
        : value.verdict,
    type: value.type,
    crosses,
    detail,
    ...(typeof value.maxAbs === "number" && { maxAbs: value.maxAbs }),
    ...(typeof value.maxRel === "number" && { maxRel: value.maxRel }),
  };
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
  { cells }: CaptureScript,
  { plan }: VerifyRequest,
): Verification["origin"] {
  const order = cells.map(({ cell }) => cell);
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
