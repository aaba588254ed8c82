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
  if (standing !== undefined && hasConflicts(standing)) return { outcome: "conflicts", conversion };
  return proven(conversion, options, call);
}

/**
 * Runs the notebook and the project, and converts again with what a difference teaches, until the proof holds or
 * everything is one stage. A plan that a person wrote is proven as it is. Throws ProblemError.
 */
export async function proven(first: Conversion, wanted: ConversionOptions, call: Call): Promise<ProvenConversion> {
  const refinements: Refinement[] = [];
  let options = wanted;
  let conversion = first;
  let standing = standingOf(first, options);
  for (;;) {
    const { verification, observed, page } = await proofOf(conversion, standing, options, call);
    const older = await withOlderVersions(conversion, verification, options, call);
    if (older !== undefined) {
      call.note(`The notebook does not run here: ${tooNewText(verification)}. Again, with older versions.`);
      ({ conversion, options } = older);
      standing = standingOf(conversion, options);
      continue;
    }
    const refinement =
      options.plan === undefined ? refinementOf(conversion.plan, verification, refinements.at(-1)?.options) : undefined;
    const again =
      refinement && (await convertAnalysed(first.analysis, { ...options, refined: refinement.options }, call));
    const next = again?.outcome === "converted" ? again : undefined;
    const nextStanding = next && standingOf(next, options);
    if (refinement === undefined || next === undefined || (nextStanding && hasConflicts(nextStanding))) {
      const finished = await withProof(conversion, options, { verification, ...(observed && { observed }) }, call);
      return {
        ...{ outcome: "converted", conversion: finished, verification, refinements },
        ...(standing === undefined ? {} : { standing }),
        ...(page === undefined ? {} : { page }),
      };
    }
    const holds = verification.outcome === "identical" || verification.outcome === "equivalent";
    const because = holds ? "The notebook does what the plan does not expect" : "The proof does not hold";
    call.note(`${because}: ${firstLine(refinement.why)}. Again, so that ${refinement.change}.`);
    refinements.push(refinement);
    conversion = next;
    standing = nextStanding;
  }
}

/** The conversion for versions that still do what the notebook needs, where a library is too new and an older one fits. */
async function withOlderVersions(
  { analysis, environment }: Conversion,
  { tooNew }: Verification,
  options: ConversionOptions,
  call: Call,
): Promise<{ readonly conversion: Conversion; readonly options: ConversionOptions } | undefined> {
  if (tooNew === undefined) return undefined;
  const limited = { ...options, limits: [...(options.limits ?? []), tooNew] };
  const again = await convertAnalysed(analysis, limited, call);
  if (again.outcome === "diagnosed" || again.environment?.lockHash === environment?.lockHash) return undefined;
  return { conversion: again, options: limited };
}

const tooNewText = ({ tooNew }: Verification) => tooNew && `${tooNew.name} is too new (${tooNew.why})`;

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
    const notebook = shownPath(analysis.notebook.path);
    return {
      ...proof,
      page: renderVerification(proof.verification, { plan, templates: loadTemplates(), pictures, notebook }),
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const firstLine = (text: string) => text.split("\n", 1)[0];
