import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Analysis, badgeFile, codeHash, proofBadge, proofFile, type Reconversion } from "@reprise/core";
import {
  copyAddedFiles,
  loadTemplates,
  proofRecord,
  type Refinement,
  readPictures,
  refinementOf,
  renderVerification,
  type Verification,
  writeProject,
} from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import { shownPath } from "../../input.ts";
import { makeLocked } from "../environment.ts";
import { type Proof, prove } from "../verify.ts";
import type { Conversion, ConversionOptions, Diagnosis } from "./conversion.ts";
import { convertAnalysed, withObservation } from "./convert-analysed.ts";
import { hasConflicts, mergeInto, standingCode } from "./existing-project.ts";
import { type Attempt, withVersionsThatRun } from "./versions-that-run.ts";

/** A conversion with its proof, and what the proof changed about it on the way. */
export interface ProvenConversion {
  readonly outcome: "converted";
  readonly conversion: Conversion;
  readonly verification: Verification;
  /** What was proven, where it was a project with hand edits. */
  readonly standing?: Reconversion;
  readonly refinements: readonly Refinement[];
  /** The proof as a page, where one was asked for. */
  readonly page?: string;
}

/** A conversion whose project has conflicts to settle first: it cannot run. */
export interface UnprovenConversion {
  readonly outcome: "conflicts";
  readonly conversion: Conversion;
}

/** Converts, and proves what came out: see `proven`. The project itself is not written. Throws ProblemError. */
export async function convertProven(
  analysis: Analysis,
  options: ConversionOptions,
  call: Call,
): Promise<ProvenConversion | UnprovenConversion | Diagnosis> {
  const conversion = await convertAnalysed(analysis, options, call);
  if (conversion.outcome === "diagnosed") return conversion;
  const standing = standingOf(conversion, options);
  if (conflicts(standing)) return { outcome: "conflicts", conversion };
  return proven(conversion, options, call);
}

/**
 * Runs the notebook and the project, and converts again with what a difference teaches, until the proof holds or
 * everything is one stage. Where the notebook itself does not run, older versions are tried first. A plan that a person
 * wrote is proven as it is. Throws ProblemError.
 */
export async function proven(first: Conversion, wanted: ConversionOptions, call: Call): Promise<ProvenConversion> {
  const attempt = async (conversion: Conversion, options: ConversionOptions): Promise<ProvenAttempt> => {
    const standing = standingOf(conversion, options);
    const proof = await proofOf(conversion, standing, options, call);
    return { conversion, options, proof, ...(standing === undefined ? {} : { standing }) };
  };
  const again = async (options: ConversionOptions, before: Conversion) => {
    const next = await convertAnalysed(first.analysis, options, call);
    if (next.outcome === "diagnosed" || next.environment?.lockHash === before.environment?.lockHash) return undefined;
    return attempt(next, options);
  };
  const refinements: Refinement[] = [];
  let current: ProvenAttempt = await withVersionsThatRun(await attempt(first, wanted), again, call);
  for (;;) {
    const { conversion, options } = current;
    const { verification } = current.proof;
    const refinement =
      options.plan === undefined ? refinementOf(conversion.plan, verification, refinements.at(-1)) : undefined;
    if (refinement === undefined) return finished(current, refinements, call);
    const refined = { ...options, refined: refinement.options };
    const next = await convertAnalysed(first.analysis, refined, call);
    if (next.outcome === "diagnosed" || conflicts(standingOf(next, options)))
      return finished(current, refinements, call);
    const holds = verification.outcome === "identical" || verification.outcome === "equivalent";
    const because = holds ? "The notebook does what the plan does not expect" : "The proof does not hold";
    call.note(`${because}: ${firstLine(refinement.why)}. Again, so that ${refinement.change}.`);
    refinements.push(refinement);
    current = await attempt(next, refined);
  }
}

interface ProvenAttempt extends Attempt {
  readonly proof: Proof & { readonly page?: string };
  /** What would stand in the project's folder. */
  readonly standing?: Reconversion;
}

async function finished(
  { conversion, options, proof, standing }: ProvenAttempt,
  refinements: readonly Refinement[],
  call: Call,
): Promise<ProvenConversion> {
  return {
    outcome: "converted",
    conversion: await withProof(conversion, options, proof, call),
    verification: proof.verification,
    refinements,
    ...(standing === undefined ? {} : { standing }),
    ...(proof.page === undefined ? {} : { page: proof.page }),
  };
}

/** The project with the types, schemas and values that the proof saw, and with its badge. */
async function withProof(
  conversion: Conversion,
  options: ConversionOptions,
  { verification, observed }: Proof,
  call: Call,
): Promise<Conversion> {
  const { plan, project } =
    observed === undefined ? conversion : await withObservation(conversion, observed.observation, options, call);
  const code = codeHash(
    options.destination === undefined
      ? [...project.files].map(([path, { text }]) => [path, text] as const)
      : standingCode(options.destination, project),
  );
  const record = proofRecord(verification, observed?.versions ?? {}, plan, code);
  const files = new Map(project.files);
  files.set(proofFile, { text: `${JSON.stringify(record, null, 2)}\n`, origins: [] });
  files.set(badgeFile, { text: proofBadge(record, loadTemplates()), origins: [] });
  return { ...conversion, project: { ...project, files } };
}

/** What would stand in the project's folder: the conversion with the edits that are in it. */
function standingOf({ project }: Conversion, { destination }: ConversionOptions): Reconversion | undefined {
  return destination && mergeInto(destination, project);
}

function conflicts(standing: Reconversion | undefined): boolean {
  return standing !== undefined && hasConflicts(standing);
}

/** Proves what would stand in the folder, in a copy of it: with the files that its user added. */
async function proofOf(
  { analysis, environment, plan, project }: Conversion,
  standing: Reconversion | undefined,
  { destination, report }: ConversionOptions,
  call: Call,
): Promise<Proof & { readonly page?: string }> {
  if (environment === undefined) throw new Error("a conversion without a lock cannot be proven");
  const work = await mkdtemp(join(tmpdir(), "reprise-prove-"));
  try {
    const folder = join(work, "project");
    await writeProject(standing?.project ?? project, folder);
    if (standing !== undefined && destination !== undefined) {
      await copyAddedFiles(destination.project.folder, folder, new Set(standing.files.map(({ path }) => path)));
    }
    const made = await makeLocked(environment, call, "the project's own lock");
    const options = { rtol: 1e-9, atol: 0, runs: 2, engine: "local" as const, observes: true };
    const captures = join(work, "captures");
    const proof = await prove({ analysis, plan, project: folder, environment: made, work: captures }, options, call);
    if (report === undefined) return proof;
    const pictures = await readPictures(captures, proof.verification);
    const context = {
      plan,
      templates: loadTemplates(),
      pictures,
      notebook: shownPath(analysis.notebook.path),
      versions: proof.observed?.versions ?? {},
    };
    return { ...proof, page: renderVerification(proof.verification, context) };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const firstLine = (text: string) => text.split("\n", 1)[0];
