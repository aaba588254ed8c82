import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import {
  type Analysis,
  checkTargets,
  conflictsIn,
  conflictsOf,
  type FileOutcome,
  type Generation,
  manifestPath,
  matchStatements,
  mergeProject,
  ProblemError,
  type Project,
  type PythonParser,
  type Reconversion,
  statementPrints,
  type UndefinedName,
  undefinedNames,
} from "@reprise/core";
import { type EarlierLock, type ExistingProject, openProject, readProjectFiles } from "@reprise/core/node";
import { shownPath } from "../../input.ts";
import type { ConvertOptions } from "./convert-options.ts";

/** A project that the next conversion is merged into, and what is asked of that conversion. */
export interface Destination {
  readonly project: ExistingProject;
  readonly force: boolean;
}

/**
 * What is at a conversion's output, told before anything is resolved: undefined for a new project. Throws ProblemError
 * RP127 for a target that there is not, RP162 for a folder that is no project, RP164 for a project that cannot be
 * converted again, RP165 for one with conflicts left.
 */
export async function openDestination({
  output,
  force = false,
  target = [],
}: ConvertOptions): Promise<Destination | undefined> {
  checkTargets(target);
  if (force && isEmptyFolder(output)) return undefined;
  try {
    const project = await openProject(output);
    if (project === undefined) return undefined;
    if (!force) checkConflicts(project);
    return { project, force };
  } catch (error) {
    const isBroken = error instanceof ProblemError && error.problem.id === "RP164";
    if (!isBroken || !force) throw error;
    // Nothing is known of it, and all that is generated is written over it.
    const generation: Generation = { schema: "reprise.generation/1", files: {}, copies: [] };
    return {
      project: { folder: output, statements: {}, isPlanEdited: false, settings: { targets: [] }, generation },
      force,
    };
  }
}

/** Throws ProblemError RP162 for the project of a notebook that has another name and other code. */
export function checkNotebook({ project, force }: Destination, analysis: Analysis): void {
  const { plan, statements, folder } = project;
  const { path } = analysis.notebook;
  if (force || plan === undefined || path === "-" || basename(plan.notebook.path) === basename(path)) return;
  const { now } = matchStatements(statements, statementPrints(analysis));
  const isRenamed = now.size * 2 >= Math.min(Object.keys(statements).length, analysis.document.statements.length);
  if (isRenamed) return;
  throw new ProblemError({
    id: "RP162",
    message: `${shownPath(folder)} is the project of ${plan.notebook.path}, which is another notebook than ${path}`,
    place: { file: shownPath(folder) },
    mend: "Name another folder. With --force this project becomes that of the other notebook.",
  });
}

/** Options that were not given, as the project was asked for before: a target or a name does not get lost. */
export function asBefore(options: ConvertOptions, { project }: Destination): ConvertOptions {
  const { settings, plan, isPlanEdited, folder } = project;
  const isFollowed = options.stages === undefined && (isPlanEdited || settings.isPlanned === true);
  return {
    ...(isFollowed ? { plan: join(folder, manifestPath) } : {}),
    ...(settings.targets.length === 0 ? {} : { target: settings.targets }),
    ...(settings.stages === undefined ? {} : { stages: settings.stages }),
    ...(settings.python === undefined ? {} : { python: settings.python }),
    ...(settings.asOf === undefined ? {} : { asOf: settings.asOf }),
    ...(plan === undefined ? {} : { package: plan.package }),
    ...options,
  };
}

/** The lock that is in the project. */
export function lockBefore({ project }: Destination): EarlierLock | undefined {
  const file = join(project.folder, "pylock.toml");
  if (!existsSync(file)) return undefined;
  return { request: project.settings.request, text: readFileSync(file, "utf8"), file: shownPath(file) };
}

/** What becomes of the project's files, as they are at this moment. Throws ProblemError RP163, RP166. */
export function mergeInto({ project, force }: Destination, made: Project): Reconversion {
  const { generation, statements, folder } = project;
  const paths = new Set([...Object.keys(generation.files), ...made.files.keys()]);
  return mergeProject({ generation, statements, disk: readProjectFiles(folder, paths), project: made, force });
}

/** The code of the project as it would stand: by path, what is generated and edited, and what its user added. */
export function standingCode(destination: Destination, made: Project): ReadonlyMap<string, string> {
  return codeAfter(mergeInto(destination, made), destination);
}

function codeAfter({ files, project }: Reconversion, destination: Destination): Map<string, string> {
  const known = new Set(files.flatMap(({ path, from = path }) => [path, from]));
  const code = new Map([...project.files].map(([path, { text }]) => [path, text]));
  const { folder } = destination.project;
  for (const path of globSync("src/**/*.py", { cwd: folder }).map((found) => found.replaceAll("\\", "/"))) {
    if (!known.has(path)) code.set(path, readFileSync(join(folder, path), "utf8"));
  }
  return code;
}

/** Names that would be undefined in the project after a merge. */
export function undefinedAfter(
  reconversion: Reconversion,
  destination: Destination,
  parser: PythonParser,
): readonly UndefinedName[] {
  const isEdited = ({ path, status, after }: FileOutcome) =>
    after !== undefined && path.endsWith(".py") && ["kept", "merged", "left", "conflict"].includes(status);
  const edited = new Set(reconversion.files.filter(isEdited).map(({ path }) => path));
  return undefinedNames(codeAfter(reconversion, destination), edited, parser);
}

/** True where edits by hand and what is generated now could not be brought together somewhere. */
export function hasConflicts(reconversion: Reconversion): boolean {
  return conflictsOf(reconversion).length > 0;
}

function isEmptyFolder(folder: string): boolean {
  const found = statSync(resolve(folder), { throwIfNoEntry: false });
  return found?.isDirectory() === true && readdirSync(resolve(folder)).length === 0;
}

function checkConflicts({ folder, generation }: ExistingProject): void {
  const places = [...readProjectFiles(folder, Object.keys(generation.files))].flatMap(([path, found]) => {
    if (found.kind !== "text" || generation.files[path]?.text === found.text) return [];
    return conflictsIn(found.text).map(({ first }) => ({ file: shownPath(join(folder, path)), line: first }));
  });
  const [first, ...others] = places;
  if (first === undefined) return;
  const more = others.map(({ file, line }) => `${file}:${line}`).join(", ");
  throw new ProblemError({
    id: "RP165",
    message: `${first.file} has a conflict at line ${first.line}${more === "" ? "" : ` (others: ${more})`}`,
    place: first,
    mend: `Choose what shall stand there, delete the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>, and convert again. With --force all hand edits give way.`,
  });
}
