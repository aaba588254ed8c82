import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { StageFailure } from "../../../core/src/verify/sides/stage-capture.ts";
import { isFolder, type WrittenFiles } from "../../../core/src/verify/sides/written-files.ts";
import type { Verification } from "../../../core/src/verify/verdict.ts";
import { compareSides } from "../../../core/src/verify/verify-project.ts";
import type { VerifyRequest } from "../../../core/src/verify/verify-request.ts";
import type { Mutant } from "./mutants.ts";
import { differences, oracleOf } from "./oracle.ts";
import { openRun, type Subject } from "./subject.ts";
import { writtenAnew } from "./written-anew.ts";

/** What became of a mutant. */
export type Fate =
  | { readonly kind: "different"; readonly where: string }
  | { readonly kind: "failed" }
  | { readonly kind: "timed-out" }
  /** The operator does not fit the value that the code holds. */
  | { readonly kind: "not-applicable" }
  /** `verify` found nothing, and neither does the oracle: all that was left is the same, byte for byte. */
  | { readonly kind: "equivalent" }
  /** `verify` found nothing, and the oracle did. */
  | { readonly kind: "survived"; readonly oracle: readonly string[]; readonly said: string };

/**
 * Runs one mutant stage by stage, from the one that can first notice it until the proof finds something; of what it does
 * not find, the oracle.
 */
export async function tryMutant(subject: Subject, mutant: Mutant, folder: string): Promise<Fate> {
  const projectFolder = brokenProject(subject, mutant, join(folder, "broken"));
  try {
    const request: VerifyRequest = { ...subject.request, projectFolder, workFolder: join(folder, "compared") };
    mkdirSync(request.workFolder, { recursive: true });
    const run = await openRun(subject, { projectFolder, folder: join(folder, "run"), from: mutant.from });
    const said: string[] = [];
    const steps = new Set<string>();
    for (const stage of subject.request.plan.stages.slice(mutant.from)) {
      const capture = await run.stage(stage);
      if (capture.failure !== undefined) return fateOf(capture.failure);
      steps.add(stage.name);
      const written = writtenAnew(subject.written, steps, await run.files.written());
      const sides = { stages: new Map([[stage.name, capture]]), written };
      const verification = await compareSides(request, subject.notebook, sides);
      if (verification.outcome === "different") return { kind: "different", where: verification.origin?.name ?? "" };
      said.push(...saidOf(verification));
      // The later stages are given what the sound ones were given, and are the same code.
      if (!mutant.isShared && hasSoundOutputs(subject, stage.name, run.work, written)) break;
    }
    const left = await oracleOf(subject, projectFolder, { folder: join(folder, "oracle"), from: mutant.from });
    if (left.timedOut) return { kind: "timed-out" };
    const oracle = differences(subject.oracle, left);
    return oracle.length === 0
      ? { kind: "equivalent" }
      : { kind: "survived", oracle, said: said.slice(0, 3).join("; ") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fateOf({ message, traceback }: StageFailure): Fate {
  if (traceback.some((line) => line.includes("DoesNotFitError"))) return { kind: "not-applicable" };
  return { kind: /SIGKILL|SIGXCPU/.test(message) ? "timed-out" : "failed" };
}

function brokenProject({ request }: Subject, mutant: Mutant, folder: string): string {
  cpSync(request.projectFolder, folder, { recursive: true });
  const file = join(folder, relative(request.projectFolder, mutant.file));
  writeFileSync(file, mutant.text);
  // The damaging functions are found beside the package.
  cpSync(join(import.meta.dirname, "damage.py"), join(folder, "src", "damage.py"));
  return folder;
}

function saidOf({ values, outputs }: Verification): readonly string[] {
  const told = [...values, ...outputs].filter(({ verdict }) => verdict !== "identical");
  return told.map((one) => `${one.verdict} ${"name" in one ? one.name : one.kind} (${one.detail})`);
}

/** Whether a stage has left, byte for byte, what it leaves in the sound project. */
function hasSoundOutputs(subject: Subject, stage: string, work: string, written: WrittenFiles): boolean {
  const listed = (folder: string) => readFileSync(join(folder, stage, "outputs.json"), "utf8");
  const own = (files: WrittenFiles) => [...(files?.values() ?? [])].filter(({ by }) => by === stage);
  const contents = (files: WrittenFiles) =>
    own(files).map((one) => [one.path, isFolder(one) ? "" : readFileSync(one.file, "base64")]);
  return (
    listed(work) === listed(join(subject.sound, "work")) &&
    JSON.stringify(contents(written)) === JSON.stringify(contents(subject.written))
  );
}
