import type { Analysis } from "@reprise/core";
import { dayOfItsTime, recordedPython, type VersionLimit } from "@reprise/core/node";
import type { Call } from "../../execute.ts";
import type { Proof } from "../verify.ts";
import type { Conversion, ConversionOptions } from "./conversion.ts";

/** A conversion, what was asked for it, and its proof. */
export interface Attempt {
  readonly conversion: Conversion;
  readonly options: ConversionOptions;
  readonly proof: Proof;
}

/** Other versions to try, and why. */
interface Remedy {
  readonly options: ConversionOptions;
  readonly why: string;
}

/**
 * Where the notebook itself does not run, and a library that is too new for it may be why: the same with older versions,
 * as long as the notebook comes further with them. `again` converts and proves; undefined where that is not possible, or
 * the versions are the same.
 */
export async function withVersionsThatRun<A extends Attempt>(
  first: A,
  again: (options: ConversionOptions, before: Conversion) => Promise<A | undefined>,
  call: Call,
): Promise<A> {
  let best = first;
  const tried: Remedy[] = [];
  for (;;) {
    const remedy = remediesFor(best).find(({ options }) => !tried.some((before) => isSame(before.options, options)));
    if (remedy === undefined) return best;
    tried.push(remedy);
    call.note(`The notebook does not run with these versions: ${remedy.why}.`);
    const next = await again(remedy.options, best.conversion);
    if (next !== undefined && cameFurther(next.proof, best.proof)) best = next;
  }
}

/** Below the version that took away what is missed; else the packages of the notebook's own time. */
function remediesFor({ conversion, options, proof }: Attempt): readonly Remedy[] {
  const { stop } = proof.verification;
  if (stop === undefined || !stop.mayBeVersions || options.asOf !== undefined) return [];
  const { tooNew } = stop;
  const remedies: Remedy[] = [];
  if (tooNew !== undefined) {
    remedies.push({
      options: { ...options, limits: [...(options.limits ?? []), tooNew] },
      why: `${tooNew.name} is too new (${tooNew.why}). Again, with older ones`,
    });
  }
  const saved = savedWith(conversion.analysis);
  const day = conversion.environment && dayOfItsTime(saved, conversion.environment.python);
  if (day !== undefined) {
    remedies.push({
      options: {
        ...options,
        asOf: day,
        whyAsOf: `The packages are those of ${day}: with newer ones, cell ${stop.cell} stops.`,
      },
      why: `cell ${stop.cell} stops, and the notebook was saved with Python ${saved}. Again, with the packages of ${day}`,
    });
  }
  return remedies;
}

function savedWith({ notebook }: Analysis): string | undefined {
  return recordedPython(notebook.languageVersion);
}

function isSame(one: ConversionOptions, other: ConversionOptions): boolean {
  const limits = (given: readonly VersionLimit[] = []) => given.map(({ name, below }) => `${name}<${below}`).join(" ");
  return one.asOf === other.asOf && limits(one.limits) === limits(other.limits);
}

function cameFurther(next: Proof, before: Proof): boolean {
  const ran = ({ verification }: Proof) => verification.stop?.ran ?? Number.POSITIVE_INFINITY;
  return ran(next) > ran(before);
}
