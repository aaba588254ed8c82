import type { Analysis } from "@reprise/core";
import { ProblemError } from "@reprise/core";
import { startPythonFormatter, writeProject } from "@reprise/core/node";
import type { Answer, Call } from "../../execute.ts";
import { shownPath } from "../../input.ts";
import { writeOutput } from "../../output.ts";
import { color } from "../../terminal/color.ts";
import { proofExit, verificationText } from "../../terminal/verification-text.ts";
import { analyseFile, pythonParser } from "../analysis.ts";
import type { Conversion, ConversionOptions, Diagnosis } from "./conversion.ts";
import { convertAnalysed } from "./convert-analysed.ts";
import { answerOf, diagnosis } from "./convert-answer.ts";
import type { ConvertOptions } from "./convert-options.ts";
import type { ProvenConversion, UnprovenConversion } from "./convert-proven.ts";
import { asBefore, checkNotebook, mergeInto, openDestination, undefinedAfter } from "./existing-project.ts";
import { checkPlan, openPlan, writePlan } from "./plan-files.ts";
import { dataFolderOf } from "./project-of-plan.ts";
import { checkUnedited, unproven, withReconversion, writeReconversion } from "./reconversion.ts";

/**
 * Converts and writes, into a project that is there already by merging; `diagnosed` writes nothing. Throws ProblemError.
 */
export async function convertNotebook(path: string, given: ConvertOptions, call: Call): Promise<Answer> {
  if (given.report !== undefined && given.prove !== true) {
    throw new ProblemError({
      id: "RP141",
      message: "--report is the page of a proof, and nothing is proven without --prove",
      mend: "Give --prove too, or leave --report out.",
    });
  }
  const destination = await openDestination(given);
  const asked = destination === undefined ? given : asBefore(given, destination);
  const options: ConversionOptions & ConvertOptions = {
    ...asked,
    ...(asked.plan === undefined ? {} : { planFile: await openPlan(asked.plan) }),
    ...(destination === undefined ? {} : { destination }),
    ...dataFolderOf(path, given.output),
    formatter: startPythonFormatter(await pythonParser()),
  };
  const analysis = await analyseFile(path, call);
  if (destination !== undefined) checkNotebook(destination, analysis);
  if (options.planFile !== undefined) await checkPlan(options.planFile, analysis, options.planOut);
  const proven = options.prove ? await provenConversion(analysis, options, call) : undefined;
  const converted = proven === undefined ? await convertAnalysed(analysis, options, call) : conversionIn(proven);
  if (converted.outcome === "diagnosed") return diagnosis(converted.analysis, converted.reasons);
  const isDry = options.dryRun === true;
  if (options.planOut !== undefined) await writePlan(options.planOut, converted.plan, converted.analysis);
  const reconversion = destination && mergeInto(destination, converted.project);
  if (proven?.outcome === "converted") checkUnedited(proven.standing, reconversion);
  if (proven?.outcome === "converted" && proven.page !== undefined && options.report !== undefined)
    await writeOutput(options.report, proven.page);
  if (!isDry) {
    if (reconversion === undefined) await writeProject(converted.project, options.output, { force: true });
    else await writeReconversion(reconversion, options.output);
  }
  const proof = proven?.outcome === "converted" ? proven.verification.outcome : undefined;
  const answer = answerOf(converted, shownPath(options.output), isDry, proof);
  const told =
    destination === undefined || reconversion === undefined
      ? answer
      : withReconversion(
          answer,
          { ...reconversion, undefined: undefinedAfter(reconversion, destination, await pythonParser()) },
          isDry,
        );
  if (proven?.outcome === "conflicts") return unproven(told);
  return proven?.outcome === "converted" ? withProof(told, proven) : told;
}

async function provenConversion(analysis: Analysis, options: ConversionOptions, call: Call) {
  if (options.lock === false) {
    throw new ProblemError({
      id: "RP141",
      message: "--prove and --no-lock do not go together: the proof runs in the environment of the lock",
      mend: "Leave one of them out.",
    });
  }
  const { convertProven } = await import("./convert-proven.ts");
  return convertProven(analysis, options, call);
}

function conversionIn(proven: ProvenConversion | UnprovenConversion | Diagnosis): Conversion | Diagnosis {
  return proven.outcome === "diagnosed" ? proven : proven.conversion;
}

/** With the proof, and what it changed; a project that is not proven is told so by the exit code. */
function withProof(answer: Answer, { refinements, verification }: ProvenConversion): Answer {
  const told = refinements.map(({ change, why }) => ({ why, change }));
  return {
    exit: Math.max(proofExit(verification), answer.exit),
    json: { ...answer.json, ...{ proof: verification, refinements: told } },
    text: () =>
      [
        ...told.map(({ change, why }) => `${color.yellow("refined")} ${change}: ${why}`),
        verificationText(verification),
        "",
        answer.text(),
      ].join("\n"),
  };
}
