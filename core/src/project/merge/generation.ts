import { sha256 } from "#sha256";
import { ProblemError } from "../../problem/problem.ts";
import { withoutTokens } from "../../rules/files/token-formats.ts";
import { badgeFile, proofFile } from "../pages/proof-record.ts";
import type { Project } from "../project.ts";
import { recordedFile } from "../tests/recorded-values.ts";
import { type HeldStatements, heldStatements } from "./renamed-files.ts";

/** What was generated last time: the base of the next merge. */
export interface Generation {
  readonly schema: "reprise.generation/1";
  /** By path below the project's folder. */
  readonly files: Readonly<Record<string, GeneratedFile>>;
  /** Files that were brought along as they are. */
  readonly copies: readonly string[];
  /** Hash of the plan as it was written into reprise.json: another one, and somebody edited it. */
  readonly plan?: string;
  /** Which statements of the notebook the files of the package hold: by these a file is found again under another name. */
  readonly held?: HeldStatements;
}

export interface GeneratedFile {
  /** Of the text as it was written. */
  readonly sha256: string;
  /** With dots in place of secrets. Absent for files that are never merged line by line. */
  readonly text?: string;
}

/** Where the base lies in a project, compressed. */
export const generationPath = ".conversion/generated.json.gz";

/** The record of the conversion, which is always made anew. */
export const manifestPath = "reprise.json";

/** What a resolver or a proof answered: taken as a whole, never line by line. */
const wholeFiles: ReadonlySet<string> = new Set([
  ...["pylock.toml", ".python-version"],
  ...[proofFile, badgeFile, recordedFile],
]);

/** True for a file that is taken as a whole, never line by line. */
export function isWhole(path: string): boolean {
  return wholeFiles.has(path);
}

/** By which a text is known as the one that was generated. */
export function hashOf(text: string): string {
  return sha256(text);
}

/** Of a plan, however it is laid out. */
export function planHash(plan: unknown): string {
  return hashOf(JSON.stringify(plan));
}

/** The record of what is generated now, for the next merge. */
export function generationOf(project: Project): Generation {
  const files = [...project.files]
    .filter(([path]) => path !== manifestPath)
    .map(([path, { text }]) => {
      const file = { sha256: hashOf(text) };
      // A secret that its owner takes out of the project must not live on in the base.
      return [path, isWhole(path) ? file : { ...file, text: withoutTokens(text) }] as const;
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const { plan } = JSON.parse(project.files.get(manifestPath)?.text ?? "{}");
  return {
    schema: "reprise.generation/1",
    files: Object.fromEntries(files),
    copies: [...project.copies.keys()].sort(),
    ...(plan === undefined ? {} : { plan: planHash(plan), held: heldStatements(plan) }),
  };
}

/** Throws ProblemError RP164 for a text that is no base, or a newer one; `file` is named in it. */
export function parseGeneration(text: string, file: string): Generation {
  const broken = (cause: string) =>
    new ProblemError({
      id: "RP164",
      message: `${file} does not hold what was generated last time, so hand edits cannot be told from generated text`,
      place: { file },
      mend: "Restore it from version control, or write everything anew with --force.",
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw broken(error instanceof Error ? error.message : String(error));
  }
  if (!isGeneration(value)) throw broken("it is not of the schema reprise.generation/1");
  return value;
}

function isGeneration(value: unknown): value is Generation {
  if (value === null || typeof value !== "object") return false;
  const { schema, files, copies } = value as Partial<Record<keyof Generation, unknown>>;
  const isListed =
    files !== null &&
    typeof files === "object" &&
    Object.values(files).every(
      (file: GeneratedFile | null) =>
        typeof file?.sha256 === "string" && (file.text === undefined || typeof file.text === "string"),
    );
  return schema === "reprise.generation/1" && isListed && Array.isArray(copies);
}
