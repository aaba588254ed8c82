import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { StageFailure } from "../../../core/src/verify/stage-capture.ts";
import type { Verification } from "../../../core/src/verify/verdict.ts";
import { compareSides, type VerifyRequest } from "../../../core/src/verify/verify-project.ts";
import type { Mutant } from "./mutants.ts";
import { differences, oracleOf } from "./oracle.ts";
import { openRun, type Subject } from "./subject.ts";

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
    for (const stage of subject.request.plan.stages.slice(mutant.from)) {
      const capture = await run(stage);
      if (capture.failure !== undefined) return fateOf(capture.failure);
      const verification = await compareSides(request, subject.notebook, new Map([[stage.name, capture]]));
      if (verification.outcome === "different") return { kind: "different", where: verification.origin?.name ?? "" };
      said.push(...saidOf(verification));
    }
    const oracle = differences(
      subject.oracle,
      await oracleOf(subject, mutant.from, projectFolder, join(folder, "oracle")),
    );
    return oracle.length === 0
      ? { kind: "equivalent" }
      : { kind: "survived", oracle, said: said.slice(0, 3).join("; ") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fateOf({ message, traceback }: StageFailure): Fate {
  if (traceback.some((line) => line.includes("DoesNotFitError"))) return { kind: "not-applicable" };
  return { kind: /SIGKILL/.test(message) ? "timed-out" : "failed" };
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
