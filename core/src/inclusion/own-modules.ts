import type * as ast from "../python/ast.ts";
import type { PythonParser } from "../python/ast.ts";
import { compiled } from "./compiled.ts";
import type { ReadCell, ReadProjectFile } from "./inclusion.ts";
import { addedFolders } from "./search-path.ts";

/** A module of the notebook's own project. */
export interface OwnModule {
  /** Dotted, as it is imported. */
  readonly name: string;
  /** The package from which its relative imports start; empty for none. */
  readonly package: string;
  readonly module: ast.Module;
}

/** All text of own modules that one notebook's analysis reads. */
const mostText = 2_000_000;

/** The modules of its own project that a notebook imports, read as they are asked for. None of them is run. */
export class OwnModules {
  readonly #parser: PythonParser;
  readonly #readFile: ReadProjectFile;
  readonly #folders: readonly string[];
  readonly #found = new Map<string, OwnModule | undefined>();
  /** What every file held that was asked for; `undefined` for what is not there. */
  readonly #texts = new Map<string, string | undefined>();
  #left = mostText;

  /** `cells` say where modules are imported from, beside the notebook's own folder. */
  constructor(parser: PythonParser, readFile: ReadProjectFile, cells: readonly ReadCell[]) {
    this.#parser = parser;
    this.#readFile = readFile;
    this.#folders = foldersOf(cells);
  }

  /** The module of a dotted name; absent where the project has none, or none that is Python 3. */
  find(name: string): OwnModule | undefined {
    if (!this.#found.has(name)) this.#found.set(name, this.#read(name));
    return this.#found.get(name);
  }

  /** Those that were asked for and are there. */
  found(): readonly OwnModule[] {
    return [...this.#found.values()].filter((each) => each !== undefined);
  }

  /** Whether all files are still as they were read. */
  isCurrent(readFile: ReadProjectFile, cells: readonly ReadCell[]): boolean {
    const folders = foldersOf(cells);
    const isSameFolders =
      folders.length === this.#folders.length && folders.every((each, at) => each === this.#folders[at]);
    return isSameFolders && [...this.#texts].every(([path, text]) => textOf(readFile, path) === text);
  }

  #read(name: string): OwnModule | undefined {
    if (!/^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(name)) return undefined;
    const base = name.replaceAll(".", "/");
    for (const folder of this.#folders) {
      const at = folder === "" ? base : `${folder}/${base}`;
      const made = this.#module(name, `${at}/__init__.py`, name) ?? this.#module(name, `${at}.py`, packageOf(name));
      if (made !== undefined) return made;
    }
    return undefined;
  }

  #module(name: string, path: string, inPackage: string): OwnModule | undefined {
    const text = textOf(this.#readFile, path);
    this.#texts.set(path, text);
    if (text === undefined || text.length > this.#left) return undefined;
    this.#left -= text.length;
    const module = compiled(this.#parser, text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n"));
    return module.errors.length > 0 ? undefined : { name, package: inPackage, module };
  }
}

/** The package that a dotted name is in; empty for none. */
export function packageOf(name: string): string {
  return name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "";
}

/** The notebook's own folder, and those that it adds to `sys.path`. */
function foldersOf(cells: readonly ReadCell[]): readonly string[] {
  if (!cells.some(({ translation }) => translation.python.includes("sys"))) return [""];
  return [...new Set(["", ...addedFolders(cells.map(({ module }) => module)).folders])];
}

function textOf(readFile: ReadProjectFile, path: string): string | undefined {
  const read = readFile(path);
  return "text" in read ? read.text : undefined;
}
