import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Result } from "./kept-results.ts";

/** A mutant that `verify` does not find and that a person has looked at: it changes no value, and why. */
export interface JudgedSurvivor {
  readonly sample: string;
  /** The module that was edited. */
  readonly file: string;
  /** The edit, as the benchmark prints it. */
  readonly diff: string;
  /** Why every value is the same nevertheless. */
  readonly why: string;
}

const judged = JSON.parse(
  readFileSync(join(import.meta.dirname, "judged-survivors.json"), "utf8"),
) as readonly JudgedSurvivor[];

/** Why a survivor changes no value; undefined for one that nobody has judged. */
export function judgementOf({ mutant, diff }: Pick<Result, "mutant" | "diff">): string | undefined {
  return judged.find((one) => one.sample === mutant.sample && one.file === basename(mutant.file) && one.diff === diff)
    ?.why;
}
