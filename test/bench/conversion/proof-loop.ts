import { join } from "node:path";
import type { Engine } from "../../../core/src/engine/engine.ts";
import { writeProject } from "../../../core/src/host/write-project.ts";
import { type Refinement, refinementOf } from "../../../core/src/verify/refinement.ts";
import type { Verification } from "../../../core/src/verify/verdict.ts";
import { verifyProject } from "../../../core/src/verify/verify-project.ts";
import type { Converted, Converter } from "./converter.ts";
import type { Subject } from "./subject.ts";

/** A conversion, what the proof says of it, and what it took until it held. */
export interface Proven {
  readonly converted: Converted;
  readonly verification: Verification;
  readonly refinements: readonly Refinement[];
  /** The folder of the project that the verification is of. */
  readonly projectFolder: string;
  /** Seconds of the first proof. */
  readonly seconds: number;
}

/** As `convert --prove`: proves, and plans again with what a difference teaches. */
export async function proveConversion(
  subject: Subject,
  first: Converted,
  { converter, engine, work }: { readonly converter: Converter; readonly engine: Engine; readonly work: string },
): Promise<Proven> {
  const refinements: Refinement[] = [];
  let converted = first;
  let seconds = 0;
  for (;;) {
    const folder = join(work, `attempt-${refinements.length}`);
    const projectFolder = join(folder, "project");
    await writeProject(converted.project, projectFolder);
    const began = performance.now();
    const request = {
      notebook: converted.analysis.notebook,
      plan: converted.plan,
      dataflow: converted.dataflow,
      projectFolder,
      engine,
      rtol: 1e-9,
      atol: 0,
      runs: 1,
      workFolder: join(folder, "proof"),
    };
    let verification = await verifyProject(request);
    seconds ||= (performance.now() - began) / 1000;
    // A second run tells what the notebook does not reproduce itself: it is needed only where something differs.
    if (verification.outcome === "different") {
      verification = await verifyProject({ ...request, runs: 2, workFolder: join(folder, "proof-again") });
    }
    const refinement = refinementOf(converted.plan, verification, refinements.at(-1));
    const again = refinement && (await converter.convert(subject, first.analysis, refinement.options));
    if (refinement === undefined || again?.outcome !== "converted") {
      return { converted, verification, refinements, projectFolder, seconds };
    }
    refinements.push(refinement);
    converted = again;
  }
}
