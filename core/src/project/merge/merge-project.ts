import type { StatementId } from "../../dataflow/model.ts";
import type { Project, ProjectFile } from "../project.ts";
import { type Generation, manifestPath } from "./generation.ts";
import { type FileOutcome, mergeFile, type OnDisk } from "./merge-file.ts";
import { movedOrigins } from "./moved-origins.ts";
import { type HeldCode, heldStatements, renamedFiles } from "./renamed-files.ts";
import { sealed } from "./seal.ts";

/** A conversion into a project that is there already, before anything is written. */
export interface Reconversion {
  /** Every generated file, of last time and of now, by path; but reprise.json, which is always made anew. */
  readonly files: readonly FileOutcome[];
  /** What stands in the folder afterwards, of what is generated: merged, with the lines where they are then. */
  readonly project: Project;
  /** Copied files of last time that nothing needs any more. */
  readonly obsoleteCopies: readonly string[];
}

export interface MergeSubject {
  readonly generation: Generation;
  /** What lies at each path that was or is generated. */
  readonly disk: ReadonlyMap<string, OnDisk>;
  /** What the statements of the notebook were last time (`statementPrints`); none, and no file is found under another name. */
  readonly statements?: Readonly<Record<StatementId, string>>;
  /** What is generated now, sealed. */
  readonly project: Project;
  readonly force?: boolean;
}

/** Merges a conversion into an existing project, file by file. Throws ProblemError RP166 for a file that cannot be merged. */
export function mergeProject({ generation, disk, statements, project, force = false }: MergeSubject): Reconversion {
  const absent: OnDisk = { kind: "absent" };
  const isFree = (path: string) => (disk.get(path) ?? absent).kind === "absent";
  const renamed = renamedIn(project, generation, statements ?? {});
  for (const path of [...renamed.keys()]) if (!isFree(path)) renamed.delete(path);
  const moved = new Set(renamed.values());
  const paths = new Set([...project.files.keys(), ...Object.keys(generation.files)].filter((path) => !moved.has(path)));
  paths.delete(manifestPath);
  const files = [...paths].sort().map((path) => {
    const from = renamed.get(path);
    const before = from ?? path;
    const outcome = mergeFile({
      path,
      base: Object.hasOwn(generation.files, before) ? generation.files[before] : undefined,
      theirs: disk.get(before) ?? absent,
      ours: project.files.get(path)?.text,
      force,
    });
    return from === undefined ? outcome : { ...outcome, from };
  });
  const standing = new Map<string, ProjectFile>();
  const afterwards = new Map(files.map(({ path, after }) => [path, after]));
  for (const [path, made] of project.files) {
    const after = afterwards.get(path);
    if (after === undefined) continue;
    const text = after.replaceAll("\r\n", "\n");
    standing.set(path, text === made.text ? made : { text: after, origins: movedOrigins(made, text) });
  }
  const obsoleteCopies = generation.copies.filter((path) => !project.copies.has(path));
  return { files, project: sealed(project, standing), obsoleteCopies };
}

/** Files that are generated under another name now: the old path by the new one. */
function renamedIn(project: Project, { held }: Generation, then: HeldCode["statements"]): Map<string, string> {
  const { plan, statements: now = {} } = JSON.parse(project.files.get(manifestPath)?.text ?? "{}");
  if (held === undefined || plan === undefined) return new Map();
  return new Map(renamedFiles({ held, statements: then }, { held: heldStatements(plan), statements: now }));
}

/** The conflicts of a re-conversion, by path and line. */
export function conflictsOf({ files }: Reconversion): readonly { readonly path: string; readonly line: number }[] {
  return files.flatMap(({ path, conflicts }) => conflicts.map(({ first }) => ({ path, line: first })));
}
