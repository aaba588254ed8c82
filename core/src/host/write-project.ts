import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { constants, copyFile, rm } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { ProblemError } from "../problem/problem.ts";
import { generationPath } from "../project/merge/generation.ts";
import type { Project } from "../project/project.ts";
import { makeFolder } from "./make-folder.ts";
import { inside } from "./project-folder.ts";
import { writeProblem } from "./write-problem.ts";

/**
 * Writes a project so that its folder is there whole or not at all: into a folder beside it, which is then renamed.
 * With `force` an existing project is replaced as a whole once the new one is complete. Throws ProblemError RP162 for a
 * folder that is taken (see `checkProjectFolder`), RP361 for one that cannot be written, RP362 for a full disk; nothing is left behind then.
 */
export async function writeProject(
  project: Project,
  folder: string,
  options: { readonly force?: boolean } = {},
): Promise<void> {
  checkProjectFolder(folder, options);
  const target = resolve(folder);
  const ending = randomBytes(6).toString("hex");
  const staged = join(dirname(target), `.${basename(target)}.${ending}.part`);
  const replaced = join(dirname(target), `.${basename(target)}.${ending}.old`);
  try {
    makeFolder(dirname(target));
    // Many small files, one after the other: each step of a promise costs more than its file.
    mkdirSync(staged);
    for (const [path, { text }] of project.files) {
      const file = join(staged, inside(path));
      makeFolder(dirname(file));
      writeFileSync(file, text, { flag: "wx" });
    }
    for (const [path, source] of project.copies) {
      const file = join(staged, inside(path));
      makeFolder(dirname(file));
      await copyFile(source, file, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    }
    if (project.base !== undefined) {
      const file = join(staged, generationPath);
      makeFolder(dirname(file));
      writeFileSync(file, gzipSync(project.base), { flag: "wx" });
    }
    if (existsSync(target)) renameSync(target, replaced);
    try {
      renameSync(staged, target);
    } catch (error) {
      if (existsSync(replaced)) renameSync(replaced, target);
      throw error;
    }
  } catch (error) {
    // What went wrong first is what is told.
    await rm(staged, { recursive: true, force: true }).catch(() => undefined);
    throw writeProblem(error, folder);
  }
  rmSync(replaced, { recursive: true, force: true });
}

/**
 * Throws ProblemError RP162 where a project may not be written into a folder: it exists, and `force` is not given, or it
 * holds something else than a project, or it is around one of the paths in `keep`.
 */
function checkProjectFolder(
  folder: string,
  options: { readonly force?: boolean; readonly keep?: readonly string[] } = {},
): void {
  const target = resolve(folder);
  if (!existsSync(target)) return;
  const refuse = (message: string, mend: string) =>
    new ProblemError({ id: "RP162", message, place: { file: folder }, mend });
  if (options.force !== true) {
    throw refuse(`${folder} exists already`, "Name another folder, or replace this one with --force.");
  }
  const kept = options.keep?.find((path) => `${resolve(path)}${sep}`.startsWith(`${target}${sep}`));
  if (kept !== undefined) {
    throw refuse(`${folder} cannot be replaced: ${kept} lies in it`, "Name another folder, below or beside it.");
  }
  const isReplaceable =
    statSync(target).isDirectory() && (existsSync(join(target, "reprise.json")) || readdirSync(target).length === 0);
  if (!isReplaceable) {
    throw refuse(
      `${folder} is not a project of Reprise, so it is not replaced`,
      "Name another folder, or remove this one yourself.",
    );
  }
}
