import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Analysis, badgeFile, codeHash, proofBadge, proofFile } from "@reprise/core";
import {
  loadTemplates,
  proofRecord,
  type Refinement,
  refinementOf,
  type Verification,
  writeProject,
} from "@reprise/core/node";
import type { Call } from "../execute.ts";
import {
  type Conversion,
  type ConversionOptions,
  convertAnalysed,
  type Diagnosis,
  withObservation,
} from "./convert.ts";
import { makeLocked } from "./environment.ts";
import { type Proof, prove } from "./verify.ts";

/** A conversion with its proof, and what the proof changed about it on the way. */
export interface ProvenConversion {
  readonly outcome: "converted";
  readonly conversion: Conversion;
  readonly verification: Verification;
  readonly refinements: readonly Refinement[];
}

/** Converts, and proves what came out: see `proven`. The project itself is not written. Throws ProblemError. */
export async function convertProven(
  analysis: Analysis,
  options: ConversionOptions,
  call: Call,
): Promise<ProvenConversion | Diagnosis> {
  const conversion = await convertAnalysed(analysis, options, call);
  return conversion.outcome === "diagnosed" ? conversion : proven(conversion, options, call);
}

/**
 * Runs the notebook and the project, and converts again with what a difference teaches, until the proof holds or
 * everything is one stage. A plan that a person wrote is proven as it is. Throws ProblemError.
 */
export async function proven(first: Conversion, options: ConversionOptions, call: Call): Promise<ProvenConversion> {
  const refinements: Refinement[] = [];
  let conversion = first;
  for (;;) {
    const { verification, observed } = await proofOf(conversion, call);
    const refinement =
      options.plan === undefined ? refinementOf(conversion.plan, verification, refinements.at(-1)?.options) : undefined;
    const again =
      refinement && (await convertAnalysed(first.analysis, { ...options, refined: refinement.options }, call));
    if (refinement === undefined || again?.outcome !== "converted") {
      const finished = await withProof(conversion, options, { verification, ...(observed && { observed }) }, call);
      return { outcome: "converted", conversion: finished, verification, refinements };
    }
    call.note(`The proof does not hold: ${firstLine(refinement.why)}. Again, so that ${refinement.change}.`);
    refinements.push(refinement);
    conversion = again;
  }
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
  const code = codeHash([...project.files].map(([path, { text }]) => [path, text] as const));
  const record = proofRecord(verification, observed?.versions ?? {}, plan, code);
  const files = new Map(project.files);
  files.set(proofFile, { text: `${JSON.stringify(record, null, 2)}\n`, origins: [] });
  files.set(badgeFile, { text: proofBadge(record, loadTemplates()), origins: [] });
  return { ...conversion, project: { ...project, files } };
}

async function proofOf({ analysis, environment, plan, project }: Conversion, call: Call): Promise<Proof> {
  if (environment === undefined) throw new Error("a conversion without a lock cannot be proven");
  const work = await mkdtemp(join(tmpdir(), "reprise-prove-"));
  try {
    const folder = join(work, "project");
    await writeProject(project, folder);
    const made = await makeLocked(environment, call, "the project's own lock");
    const options = { rtol: 1e-9, atol: 0, runs: 2, engine: "local" as const };
    return await prove(
      { analysis, plan, project: folder, environment: made, work: join(work, "captures") },
      options,
      call,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const firstLine = (text: string) => text.split("\n", 1)[0];
