import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";

/** Larger files are data of the notebook's, not of a module. */
const mostBytes = 20_000_000;
/** A folder with more files than this is a data set. */
const mostFiles = 500;

/** Files that modules read and that are no modules: by path below the folder that these are imported from. */
export interface ModuleData {
  /** Where each lies here. */
  readonly files: ReadonlyMap<string, string>;
  /** What stays behind, in sentences. */
  readonly leftBehind: readonly string[];
}

/** What lies in a package beside its modules. */
export function dataOfPackage(name: string, folder: string): ModuleData {
  const files = new Map<string, string>();
  const leftBehind: string[] = [];
  const waiting = [name];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const entries = readdirSync(join(folder, at), { withFileTypes: true }).filter(
      (entry) => !entry.name.startsWith(".") && entry.name !== "__pycache__" && !/\.(py[co]?|ipynb)$/.test(entry.name),
    );
    if (entries.length > mostFiles) {
      leftBehind.push(
        `${at} holds ${entries.length} files, which stay where they are: copy those that ${name} reads to src/${at}.`,
      );
      continue;
    }
    for (const entry of entries) {
      const path = `${at}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) bring(path, folder, files, leftBehind);
    }
  }
  return { files, leftBehind };
}

/** What a module that asks where it lies (`__file__`) names by a text and that lies there. */
export function dataOfModule(path: string, folder: string, module: ast.Module): ModuleData {
  const files = new Map<string, string>();
  const leftBehind: string[] = [];
  const steps = [...walk(module)];
  if (!steps.some(({ node }) => node.type === "Name" && node.id === "__file__")) return { files, leftBehind };
  for (const { node } of steps) {
    if (node.type !== "Constant" || node.kind !== "str") continue;
    const text = String(node.value);
    if (text === "" || text.length > 200 || /^[\\/~]|[\n\0]/.test(text) || text.endsWith(".py")) continue;
    const named = normalize(join(dirname(path), text)).replaceAll("\\", "/");
    if (named.startsWith("..") || named === "." || !existsSync(join(folder, named))) continue;
    if (statSync(join(folder, named)).isFile()) bring(named, folder, files, leftBehind);
  }
  return { files, leftBehind };
}

function bring(path: string, folder: string, files: Map<string, string>, leftBehind: string[]): void {
  const file = join(folder, path);
  const { size } = statSync(file);
  if (size <= mostBytes) files.set(path, file);
  else leftBehind.push(`${path} (${Math.round(size / 1e6)} MB) stays where it is: copy it to src/${path}.`);
}
