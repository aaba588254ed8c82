import { isBuiltin } from "../../dataflow/names/injected-names.ts";
import type * as ast from "../../python/ast.ts";
import type { PythonParser } from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import type { NameInScope, Scope } from "../../python/scope.ts";
import { scopesBelow, scopesOf } from "../../python/scopes.ts";
import { walk } from "../../python/walk.ts";
import { LineIndex } from "../../text/position.ts";

/** A name in a project that nothing defines: code that reaches it fails. */
export interface UndefinedName {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  /** `nothing in train.py defines it`. */
  readonly why: string;
}

/** Names that every module has (https://docs.python.org/3/reference/datamodel.html#module-objects). */
const ofModules = new Set(
  "__name__ __file__ __doc__ __package__ __spec__ __loader__ __path__ __builtins__ __all__".split(" "),
);

interface ReadModule {
  readonly path: string;
  readonly module: ast.Module;
  readonly top: Scope;
  readonly lines: LineIndex;
  /** A star import may bind anything. */
  readonly isOpen: boolean;
}

/**
 * What a merge can leave undefined in a project's code (texts by path below its folder): a name that was renamed on one
 * side only, in a file that was edited by hand (`edited`); what a module no longer has and another one imports from it;
 * a parameter that is no more. Files that are not Python are left out.
 */
export function undefinedNames(
  code: ReadonlyMap<string, string>,
  edited: ReadonlySet<string>,
  parser: PythonParser,
): readonly UndefinedName[] {
  const modules = new Map<string, ReadModule>();
  for (const [path, text] of code) {
    const read = path.endsWith(".py") ? readModule(path, text, parser) : undefined;
    if (read !== undefined) modules.set(path, read);
  }
  return [...modules.values()].flatMap((each) => [
    ...(edited.has(each.path) ? unboundIn(each) : []),
    ...missingImports(each, modules, code),
    ...missingParameters(each, modules),
  ]);
}

function readModule(path: string, text: string, parser: PythonParser): ReadModule | undefined {
  const module = parser.parse(text);
  if (module.errors.length > 0) return undefined;
  const isOpen = module.body.some((node) => node.type === "ImportFrom" && node.names.some(({ name }) => name === "*"));
  return { path, module, top: scopesOf(module), lines: new LineIndex(text), isOpen };
}

function unboundIn({ path, module, top, lines, isOpen }: ReadModule): UndefinedName[] {
  if (isOpen) return [];
  const missing = new Set<string>();
  for (const scope of [top, ...scopesBelow(top)]) {
    for (const [name, { home, isReferenced }] of scope.names) {
      const isGlobal = home === "global" || scope === top;
      if (isGlobal && isReferenced && !isDefined(top, name) && !isBuiltin(name) && !ofModules.has(name))
        missing.add(name);
    }
  }
  const found: UndefinedName[] = [];
  for (const { node } of walk(module)) {
    if (node.type !== "Name" || !missing.has(node.id)) continue;
    missing.delete(node.id);
    found.push({ path, line: lines.position(node.start).line, name: node.id, why: "nothing in this file defines it" });
  }
  return found;
}

/** Bound in the module itself, or by a function that declares it global. */
function isDefined(top: Scope, name: string): boolean {
  if (isBound(top.names.get(name))) return true;
  return [...scopesBelow(top)].some(({ names }) => {
    const use = names.get(name);
    return use?.declaredGlobal === true && isBound(use);
  });
}

function isBound(use: NameInScope | undefined): boolean {
  return use !== undefined && (use.isAssigned || use.isImported || use.isParameter);
}

function missingImports(
  { path, module, lines }: ReadModule,
  modules: ReadonlyMap<string, ReadModule>,
  code: ReadonlyMap<string, string>,
): UndefinedName[] {
  const found: UndefinedName[] = [];
  for (const { node } of walk(module)) {
    if (node.type !== "ImportFrom") continue;
    const base = importedFrom(node, path);
    const file = base && [`${base}.py`, `${base}/__init__.py`].find((each) => code.has(each));
    const line = lines.position(node.start).line;
    if (base === undefined || file === undefined) {
      const isOwn =
        node.level > 0 && base !== undefined && ![...code.keys()].some((each) => each.startsWith(`${base}/`));
      if (isOwn) found.push({ path, line, name: node.module ?? ".", why: "the project has no such module" });
      continue;
    }
    const from = modules.get(file);
    if (from === undefined || from.isOpen) continue;
    for (const { name } of node.names) {
      const isModule = [`${base}/${name}.py`, `${base}/${name}/__init__.py`].some((each) => code.has(each));
      if (name === "*" || isModule || ofModules.has(name) || isDefined(from.top, name)) continue;
      found.push({ path, line, name, why: `${file} does not define it` });
    }
  }
  return found;
}

/** The path below the project's folder, without ending, of the module that an import names; outside of it there is none. */
function importedFrom({ level, module }: ast.ImportFrom, path: string): string | undefined {
  const parts = module === undefined ? [] : module.split(".");
  if (level === 0) return parts.length === 0 ? undefined : `src/${parts.join("/")}`;
  const folders = path.split("/").slice(0, -level);
  return folders.length === 0 ? undefined : [...folders, ...parts].join("/");
}

/** `params.NAME` for a field that `Params` does not have. */
function missingParameters(
  { path, module, lines }: ReadModule,
  modules: ReadonlyMap<string, ReadModule>,
): UndefinedName[] {
  const file = `${path.slice(0, path.lastIndexOf("/"))}/params.py`;
  const fields = path === file ? undefined : fieldsOf(modules.get(file)?.module);
  if (fields === undefined) return [];
  const found = new Map<string, UndefinedName>();
  for (const { node } of walk(module)) {
    if (node.type !== "Attribute" || node.value.type !== "Name" || node.value.id !== "params") continue;
    const { name } = node.attr;
    if (fields.has(name) || name.startsWith("__") || found.has(name)) continue;
    found.set(name, {
      path,
      line: lines.position(node.start).line,
      name: `params.${name}`,
      why: `${file} has no such parameter`,
    });
  }
  return [...found.values()];
}

function fieldsOf(module: ast.Module | undefined): ReadonlySet<string> | undefined {
  const own = module?.body.find((node) => node.type === "ClassDef" && node.name.name === "Params");
  if (own?.type !== "ClassDef") return undefined;
  return new Set(
    own.body.flatMap((node) => {
      if (isFunction(node)) return node.name.name;
      if (node.type === "AnnAssign" && node.target.type === "Name") return node.target.id;
      return [];
    }),
  );
}
