import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { gunzipSync } from "node:zlib";
import type { StatementId } from "../dataflow/model.ts";
import type { PipelinePlan } from "../plan/plan.ts";
import { ProblemError } from "../problem/problem.ts";
import {
  type Generation,
  generationPath,
  hashOf,
  manifestPath,
  parseGeneration,
  planHash,
} from "../project/merge/generation.ts";
import type { OnDisk } from "../project/merge/merge-file.ts";
import type { ConversionSettings } from "../project/merge/seal.ts";
import { inside } from "./project-folder.ts";
import { restoreProject } from "./update-project.ts";

/** A project that Reprise wrote, as it is found. */
export interface ExistingProject {
  readonly folder: string;
  /** Absent where its record cannot be read, and is overwritten. */
  readonly plan?: PipelinePlan;
  /** What the statements of its notebook were (`statementPrints`). */
  readonly statements: Readonly<Record<StatementId, string>>;
  /** Somebody edited the plan in reprise.json. */
  readonly isPlanEdited: boolean;
  readonly settings: ConversionSettings;
  readonly generation: Generation;
}

const mostBytes = 64 * 1024 * 1024;

/**
 * The project in a folder, to be converted again; undefined where nothing is there. An update that was cut off is taken
 * back first. Throws ProblemError RP162 for a folder that holds something else, RP164 for a project whose record is
 * broken, newer than this Reprise, or without the base of a merge.
 */
export async function openProject(folder: string): Promise<ExistingProject | undefined> {
  const root = resolve(folder);
  if (!existsSync(root)) return undefined;
  const file = join(root, manifestPath);
  if (!existsSync(file)) {
    throw new ProblemError({
      id: "RP162",
      message: `${folder} exists already, and is not a project of Reprise`,
      place: { file: folder },
      mend: "Name another folder. A project that Reprise wrote has a reprise.json: it is converted again in place, and edits in it are kept.",
    });
  }
  await restoreProject(root);
  const manifest = readManifest(file, `${folder}/${manifestPath}`);
  const base = `${folder}/${generationPath}`;
  const text = readBase(join(root, generationPath), base);
  const generation = parseGeneration(text, base);
  for (const path of [...Object.keys(generation.files), ...generation.copies]) inside(path);
  if (manifest.base !== undefined && manifest.base.sha256 !== hashOf(text)) {
    throw unreadable(base, "it is not the one that reprise.json was written with");
  }
  const { plan, statements = {}, conversion: settings = { targets: [] } } = manifest;
  const isPlanEdited = generation.plan !== undefined && generation.plan !== planHash(plan);
  return { folder, plan, statements, isPlanEdited, settings, generation };
}

interface Manifest {
  readonly plan: PipelinePlan;
  readonly statements?: Readonly<Record<StatementId, string>>;
  readonly conversion?: ConversionSettings;
  readonly base?: { readonly sha256: string };
}

function readManifest(file: string, shown: string): Manifest {
  let value: (Manifest & { readonly schema?: unknown }) | null;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw unreadable(shown, error instanceof Error ? error.message : String(error));
  }
  const schema = String(value?.schema);
  if (schema === "reprise.project/1" && typeof value?.plan?.package === "string") return value;
  const version = /^reprise\.project\/(\d+)$/.exec(schema)?.[1];
  if (version !== undefined && Number(version) > 1) {
    throw new ProblemError({
      id: "RP164",
      message: `${shown} was written by a newer Reprise (schema ${schema})`,
      place: { file: shown },
      mend: "Use that version: npm install -g @reprise/cli@latest.",
    });
  }
  throw unreadable(shown, "it is not of the schema reprise.project/1");
}

function readBase(file: string, shown: string): string {
  if (!existsSync(file)) throw unreadable(shown, "there is no such file");
  try {
    return gunzipSync(readFileSync(file), { maxOutputLength: mostBytes }).toString("utf8");
  } catch (error) {
    throw unreadable(shown, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(file: string, cause: string): ProblemError {
  return new ProblemError({
    id: "RP164",
    message: `${file} cannot be read, so hand edits cannot be told from generated text`,
    place: { file },
    mend: "Restore it from version control, convert into another folder, or write everything anew with --force.",
    cause,
  });
}

/** What lies at these paths of a project. Throws ProblemError RP163 for a path that leads out of it. */
export function readProjectFiles(folder: string, paths: Iterable<string>): ReadonlyMap<string, OnDisk> {
  const root = realpathSync(resolve(folder));
  return new Map([...paths].map((path) => [path, readOne(root, inside(path))]));
}

function readOne(root: string, path: string): OnDisk {
  const file = join(root, path);
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return { kind: "absent" };
  if (!`${realpathSync(dirname(file))}${sep}`.startsWith(`${root}${sep}`))
    return { kind: "other", what: "behind a link" };
  if (found.isSymbolicLink()) return { kind: "other", what: "a link" };
  if (!found.isFile()) return { kind: "other", what: "a folder" };
  if (found.size > mostBytes) return { kind: "other", what: "too large" };
  const bytes = readFileSync(file);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? { kind: "other", what: "binary" } : { kind: "text", text };
  } catch {
    return { kind: "other", what: "not UTF-8" };
  }
}
