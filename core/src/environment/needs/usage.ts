import type { ParsedCell } from "../../dataflow/analyse.ts";
import type { Command } from "../../ipython/translation.ts";
import { writtenModules } from "../../plan/definitions/written-modules.ts";
import type * as ast from "../../python/ast.ts";
import { children, type TypedNode } from "../../python/walk.ts";

/** What a notebook's code says about the packages that it needs: plain facts, nothing looked up yet. */
export interface LibraryUsage {
  readonly imports: readonly ImportedModule[];
  readonly calls: readonly LibraryCall[];
  /** Texts in the code that look like addresses: `s3://bucket/file`. */
  readonly addresses: readonly { readonly text: string; readonly cell: number }[];
  readonly commands: readonly { readonly command: Command; readonly cell: number }[];
}

export interface ImportedModule {
  /** Dotted; for `from a.b import c` both `a.b` and `a.b.c` may be modules. */
  readonly module: string;
  /** What is imported from it; empty for `import a.b`. */
  readonly names: readonly string[];
  readonly cell: number;
  /** Inside a `try` that catches a failed import: the notebook can do without it. */
  readonly optional: boolean;
}

export interface LibraryCall {
  /** `pandas.read_parquet` through imports; `*.to_parquet` where the receiver is anything else. */
  readonly name: string;
  readonly keywords: readonly string[];
  readonly cell: number;
}

/** Reads a notebook's imports, calls, addresses and commands, functions' bodies included. In linear time. */
export function usageOf(flow: { readonly cells: readonly ParsedCell[] }): LibraryUsage {
  const imports = flow.cells.flatMap(importsOf);
  const names = boundNames(imports);
  const calls: LibraryCall[] = [];
  const addresses: { text: string; cell: number }[] = [];
  for (const cell of flow.cells) {
    const index = cell.cell.index;
    for (const { node } of nodesBelow(cell.module)) {
      if (node.type === "Call") {
        const name = calledName(node.func, names);
        if (name === undefined) continue;
        const keywords = node.keywords.flatMap(({ arg }) => (arg === undefined ? [] : [arg.name]));
        calls.push({ name, keywords, cell: index });
      } else if (node.type === "Constant") {
        const { value } = node;
        if (typeof value === "string" && /^[a-z][a-z0-9+]{1,20}:\/\//.test(value)) {
          addresses.push({ text: value, cell: index });
        }
      }
    }
  }
  const commands = flow.cells.flatMap(({ cell, translation }) =>
    translation.commands.map((command) => ({ command, cell: cell.index })),
  );
  const written = new Set([...writtenModules(flow).values()].map(({ name }) => name));
  const needed = imports.filter(({ module }) => !written.has(module.split(".", 1)[0] as string));
  return { imports: needed.map(({ binds: _, ...rest }) => rest), calls, addresses, commands };
}

interface BindingImport extends ImportedModule {
  /** Names that it binds, with what they stand for. */
  readonly binds: readonly (readonly [string, string])[];
}

function importsOf(cell: ParsedCell): BindingImport[] {
  const found: BindingImport[] = [];
  for (const { node, optional } of nodesBelow(cell.module)) {
    const place = { cell: cell.cell.index, optional };
    if (node.type === "Import") {
      for (const { name, asname } of node.names) {
        const top = name.split(".", 1)[0] as string;
        const bound: [string, string] = asname === undefined ? [top, top] : [asname.name, name];
        found.push({ module: name, names: [], binds: [bound], ...place });
      }
    } else if (node.type === "ImportFrom") {
      const { module, level, names } = node;
      if (level > 0 || module === undefined) continue;
      const binds = names.map(({ name, asname }) => [asname?.name ?? name, `${module}.${name}`] as const);
      found.push({ module, names: names.map(({ name }) => name), binds, ...place });
    }
  }
  return found;
}

function boundNames(imports: readonly BindingImport[]): ReadonlyMap<string, string> {
  return new Map(imports.flatMap(({ binds }) => binds));
}

/** The dotted name of a call, its first part read through the imports. */
function calledName(func: ast.Expr, names: ReadonlyMap<string, string>): string | undefined {
  const path: string[] = [];
  let at = func;
  while (at.type === "Attribute") {
    path.unshift(at.attr.name);
    at = at.value;
  }
  const root = at.type === "Name" ? names.get(at.id) : undefined;
  if (root !== undefined) return [root, ...path].join(".");
  return path.length === 0 ? undefined : `*.${path.slice(-2).join(".")}`;
}

/** Every node of a tree, without recursion: the depth of the code costs no stack. */
function* nodesBelow(root: ast.Module): Generator<{ readonly node: TypedNode; readonly optional: boolean }> {
  const waiting: { readonly node: TypedNode; readonly optional: boolean }[] = [{ node: root, optional: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    const optional = next.optional || (next.node.type === "Try" && catchesImportErrors(next.node));
    for (const node of children(next.node).reverse()) waiting.push({ node, optional });
  }
}

const importErrors = ["ImportError", "ModuleNotFoundError", "Exception", "BaseException"];

function catchesImportErrors(node: ast.Try): boolean {
  return node.handlers.some(({ exceptionType }) => {
    if (exceptionType === undefined) return true;
    const types = exceptionType.type === "Tuple" ? exceptionType.elts : [exceptionType];
    return types.some((type) => type.type === "Name" && importErrors.includes(type.id));
  });
}
