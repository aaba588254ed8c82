import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { ParsedCell } from "../../dataflow/model.ts";
import { translateCell } from "../../ipython/translate.ts";
import type { CodeCell } from "../../notebook/model.ts";
import { importedModules } from "../../plan/definitions/written-modules.ts";
import type { PythonParser } from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { append } from "../../text/append.ts";
import { searchPathOf } from "./import-folders.ts";
import { dataOfModule, dataOfPackage, type ModuleData } from "./module-data.ts";
import { importsNotebooks, notebookModule, notebookName } from "./notebook-modules.ts";
import { localModules } from "./pins.ts";

/** A package beside a notebook that has more files than this is not one that belongs to it. */
const mostFiles = 2000;

/** The modules of a notebook's own project that it imports. */
export interface LocalModules {
  /** Their text by path below the folder that they are imported from, with forward slashes. */
  readonly files: ReadonlyMap<string, string>;
  /** Files that these read from where they lie, by path below that folder: where they are here. */
  readonly data: ReadonlyMap<string, string>;
  /** What they need and does not come along, in sentences. */
  readonly leftBehind: readonly string[];
  /** First names of everything that could be imported so, also of what is not. */
  readonly names: ReadonlySet<string>;
  /** Their code, as of the first cell that imports them. */
  readonly cells: readonly ParsedCell[];
  /** The same, by the first name that each is imported by. */
  readonly byName: ReadonlyMap<string, readonly ParsedCell[]>;
  /** True where all that the notebook's search path leads to is known, and belongs to its project. */
  readonly areComplete: boolean;
}

/**
 * The modules and packages of its project that a notebook imports, and those that these import: beside it, in folders
 * that it adds to `sys.path`, and other notebooks that it imports as modules. They are read and never run.
 */
export function readLocalModules(
  flow: { readonly cells: readonly ParsedCell[] },
  folder: string,
  parser: PythonParser,
): LocalModules {
  const { folders, beyond, isKnown } = searchPathOf(flow, folder);
  const hooks = importsNotebooks(flow);
  const files = new Map<string, string>();
  const data = new Map<string, string>();
  const leftBehind = new Set<string>();
  const byName = new Map<string, ParsedCell[]>();
  const take = (found: ModuleData) => {
    for (const [path, file] of found.files) data.set(path, file);
    for (const why of found.leftBehind) leftBehind.add(why);
  };
  const importers = new Map<string, number>();
  for (const cell of flow.cells) {
    for (const name of importedModules(cell).concat(notebooksNamed(cell))) {
      if (!importers.has(name)) importers.set(name, cell.cell.index);
    }
  }
  const waiting = [...importers.keys()];
  const packages = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const own = name;
    const modules = filesOf(own, folders, hooks, parser);
    const elsewhere = modules.length > 0 ? undefined : beyond.find((each) => holdsModule(each, own));
    if (elsewhere !== undefined) leftBehind.add(staysThere(own, elsewhere));
    for (const { path, text, folder: found } of modules) {
      if (files.has(path)) continue;
      if (path.includes("/") && !packages.has(own)) {
        packages.add(own);
        take(dataOfPackage(own, found));
      }
      files.set(path, text);
      const index = importers.get(own) ?? 0;
      const cell = moduleCell(text, index, parser);
      append(byName, own, cell);
      if (!path.includes("/")) take(dataOfModule(path, found, cell.module));
      for (const imported of importedModules(cell)) {
        if (importers.has(imported)) continue;
        importers.set(imported, index);
        waiting.push(imported);
      }
    }
  }
  const areComplete = isKnown && beyond.length === 0;
  const cells = [...byName.values()].flat();
  return { files, data, leftBehind: [...leftBehind], names: localNames(flow, folder), cells, byName, areComplete };
}

/** Where packages are installed, no modules of anybody's project are. */
function holdsModule(folder: string, name: string): boolean {
  if (/^(?:site|dist)-packages$/.test(basename(folder))) return false;
  return existsSync(join(folder, `${name}.py`)) || existsSync(join(folder, name, "__init__.py"));
}

function staysThere(name: string, folder: string): string {
  return `\`${name}\` is imported from ${folder}, which is not in the notebook's project, and does not come along: copy it into src/.`;
}

/** First names of what a notebook can import from its own project. */
export function localNames(flow: { readonly cells: readonly ParsedCell[] }, folder: string): ReadonlySet<string> {
  const names = new Set<string>();
  const hooks = importsNotebooks(flow);
  for (const each of searchPathOf(flow, folder).folders) {
    for (const name of localModules(each)) names.add(name);
    if (hooks === undefined || !existsSync(each)) continue;
    for (const file of readdirSync(each)) if (file.endsWith(".ipynb")) names.add(notebookName(file));
  }
  return names;
}

const blank: CodeCell = {
  kind: "code",
  index: 0,
  source: "",
  tags: [],
  metadata: {},
  outputs: [],
  executionCount: null,
};

function moduleCell(text: string, index: number, parser: PythonParser): ParsedCell {
  const cell: CodeCell = { ...blank, index, source: text };
  const translation = translateCell(text, index);
  return { cell, translation, module: parser.parse(translation.python) };
}

function filesOf(
  name: string,
  folders: readonly string[],
  hooks: ReturnType<typeof importsNotebooks>,
  parser: PythonParser,
): readonly { readonly path: string; readonly text: string; readonly folder: string }[] {
  for (const folder of folders) {
    const paths = pathsOf(name, folder);
    if (paths.length > 0)
      return paths.map((path) => ({ path, text: readFileSync(join(folder, path), "utf8"), folder }));
    const notebook = join(folder, `${name}.ipynb`);
    if (hooks === undefined || !existsSync(notebook)) continue;
    const text = notebookModule(readFileSync(notebook, "utf8"), `${name}.ipynb`, hooks, parser);
    if (text !== undefined) return [{ path: `${name}.py`, text, folder }];
  }
  return [];
}

/** `x` for `from ipynb.fs.full.x import f`. */
function notebooksNamed({ module }: ParsedCell): readonly string[] {
  return [...walk(module)].flatMap(({ node }) => {
    if (node.type === "ImportFrom") return /^ipynb\.fs\.(?:full|defs)\.(\w+)/.exec(node.module ?? "")?.[1] ?? [];
    if (node.type !== "Import") return [];
    return node.names.flatMap(({ name }) => /^ipynb\.fs\.(?:full|defs)\.(\w+)/.exec(name)?.[1] ?? []);
  });
}

function pathsOf(name: string, folder: string): readonly string[] {
  if (existsSync(join(folder, name)) && statSync(join(folder, name)).isDirectory()) {
    const below: string[] = [];
    const waiting = [name];
    for (let at = waiting.pop(); at !== undefined && below.length < mostFiles; at = waiting.pop()) {
      for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
        if (entry.name.startsWith(".") || entry.name === "__pycache__") continue;
        if (entry.isDirectory()) waiting.push(`${at}/${entry.name}`);
        else if (entry.isFile() && entry.name.endsWith(".py")) below.push(`${at}/${entry.name}`);
      }
    }
    if (below.length > 0) return below;
  }
  return existsSync(join(folder, `${name}.py`)) ? [`${name}.py`] : [];
}
