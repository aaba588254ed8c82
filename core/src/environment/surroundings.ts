import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { Dataflow } from "../dataflow/model.ts";
import type { Analysis, Surroundings } from "../rules/analysis.ts";
import { fillsDatabases, isDatabase, isInMemory } from "../rules/files/databases.ts";
import { localNames } from "./needs/local-modules.ts";
import { unpinnedImports } from "./needs/unpinned.ts";
import { projectRoot } from "./project-root.ts";

/** Names that people give to modules of their own, and that no notebook means a distribution by. */
const ownNames = new Set(
  "utils util helpers helper src common functions funcs lib my_utils myutils utilities local_utils notebook_utils plotting_utils data_utils".split(
    " ",
  ),
);

/** Calls that may put files in place, or change where they are looked for. */
const makesFiles =
  /(?:^|\.)(?:chdir|urlretrieve|extractall|extract|unpack_archive|download\w*|makedirs|copy\w*|move|rename|system|run|call|check_call|Popen|clone\w*)$/;

/** An analysis with what only the file system can say: nothing is executed, and nothing outside of the project is read. */
export function withSurroundings(analysis: Analysis, folder: string): Analysis {
  const { document, notebook } = analysis;
  const unpinned = unpinnedImports(document, folder, notebook.languageVersion ?? "3.11");
  return { ...analysis, unpinned, surroundings: surroundingsOf(document, folder) };
}

/** What lies around a notebook in `folder`. Says that something is missing only where nothing in the notebook could make it. */
export function surroundingsOf(document: Dataflow, folder: string): Surroundings {
  return {
    missingFiles: makesOwnFiles(document) ? [] : missingFiles(document, folder),
    outsideFiles: outsideFiles(document, folder),
    missingModules: missingModules(document, folder),
  };
}

/** Whether commands, writes to unknown places or calls that nobody knows may make files. */
function makesOwnFiles({ cells, statements, files }: Dataflow): boolean {
  const commands = cells.flatMap(({ translation }) => translation.commands);
  return (
    commands.some(({ meaning, name }) => ["shell", "file", "unknown", "foreign"].includes(meaning) || name === "cd") ||
    files.some(({ use, path }) => use !== "read" && path === undefined) ||
    statements.some(({ calls }) => calls.some(({ callee, text }) => makesFiles.test(callee ?? text)))
  );
}

function missingFiles(document: Dataflow, folder: string): string[] {
  const { files } = document;
  const isMade = fillsDatabases(document);
  const read = files.filter((file) => file.use === "read" && !(isMade && isDatabase(document, file)));
  const written = new Set(
    files.flatMap(({ use, path }) => (use !== "read" && path !== undefined ? resolve(folder, path) : [])),
  );
  return relativePaths(read).filter((path) => {
    const file = resolve(folder, path);
    return !written.has(file) && !existsSync(file);
  });
}

function outsideFiles({ files }: Dataflow, folder: string): string[] {
  const root = projectRoot(folder);
  if (root === undefined) return [];
  return relativePaths(files).filter((path) => relative(root, resolve(folder, path)).split(sep)[0] === "..");
}

/** No address, pattern, absolute path or home, and no database in memory. */
function relativePaths(files: Dataflow["files"]): string[] {
  const paths = files.flatMap(({ path }) => (path === undefined || isInMemory(path) ? [] : path));
  return [...new Set(paths)].filter((path) => path !== "" && !/^(?:[/\\~]|[A-Za-z]:)|:\/\/|[*?[\]{}<>\n]/.test(path));
}

function missingModules({ statements, cells }: Dataflow, folder: string): string[] {
  // Whoever changes the search path, writes modules or fetches a repository has them elsewhere.
  const source = cells.map(({ cell }) => cell.source).join("\n");
  if (/\bsys\.path\b|%%writefile|git\s+clone|%cd|chdir|PYTHONPATH|\bpip\s+install\b[^\n]*\s-e\b/.test(source))
    return [];
  const imported = statements.flatMap(({ node }) =>
    node.type === "Import"
      ? node.names.map(({ name }) => name)
      : node.type === "ImportFrom" && node.level === 0
        ? [node.module ?? ""]
        : [],
  );
  const suspects = [...new Set(imported.map((module) => module.split(".", 1)[0] as string))].filter((module) =>
    ownNames.has(module),
  );
  if (suspects.length === 0) return [];
  const local = localNames({ cells }, folder);
  return suspects.filter((module) => !local.has(module) && !existsSync(join(folder, module)));
}
