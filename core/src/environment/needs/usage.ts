import type { ParsedCell } from "../../dataflow/model.ts";
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
  const found = flow.cells.map((cell) => ({ cell: cell.cell.index, ...mentionsIn(cell.module) }));
  const imports = found.flatMap(({ cell, imports }) => imports.map((each) => ({ ...each, cell })));
  const names = boundNames(imports);
  const calls = found.flatMap(({ cell, calls }) =>
    calls.flatMap(({ func, keywords }) => {
      const name = calledName(func, names);
      return name === undefined ? [] : [{ name, keywords, cell }];
    }),
  );
  const addresses = found.flatMap(({ cell, addresses }) => addresses.map((text) => ({ text, cell })));
  const commands = flow.cells.flatMap(({ cell, translation }) =>
    translation.commands.map((command) => ({ command, cell: cell.index })),
  );
  const written = new Set([...writtenModules(flow).values()].map(({ name }) => name));
  const needed = imports.filter(({ module }) => !written.has(module.split(".", 1)[0] as string));
  return { imports: needed.map(({ binds: _, ...rest }) => rest), calls, addresses, commands };
}

interface BindingImport extends Omit<ImportedModule, "cell"> {
  /** Names that it binds, with what they stand for. */
  readonly binds: readonly (readonly [string, string])[];
}

/** What a cell's code mentions by itself, whatever the other cells hold. */
interface Mentions {
  readonly imports: readonly BindingImport[];
  readonly calls: readonly { readonly func: ast.Expr; readonly keywords: readonly string[] }[];
  readonly addresses: readonly string[];
}

/** Trees never change, and more than one part asks for what a notebook uses. */
const mentions = new WeakMap<ast.Module, Mentions>();

function mentionsIn(module: ast.Module): Mentions {
  let known = mentions.get(module);
  if (known === undefined) {
    known = readMentions(module);
    mentions.set(module, known);
  }
  return known;
}

function readMentions(module: ast.Module): Mentions {
  const imports: BindingImport[] = [];
  const calls: Mentions["calls"][number][] = [];
  const addresses: string[] = [];
  for (const { node, optional } of nodesBelow(module)) {
    if (node.type === "Import") {
      for (const { name, asname } of node.names) {
        const top = name.split(".", 1)[0] as string;
        const bound: [string, string] = asname === undefined ? [top, top] : [asname.name, name];
        imports.push({ module: name, names: [], binds: [bound], optional });
      }
    } else if (node.type === "ImportFrom") {
      const { module, level, names } = node;
      if (level > 0 || module === undefined) continue;
      const binds = names.map(({ name, asname }) => [asname?.name ?? name, `${module}.${name}`] as const);
      imports.push({ module, names: names.map(({ name }) => name), binds, optional });
    } else if (node.type === "Call") {
      calls.push({
        func: node.func,
        keywords: node.keywords.flatMap(({ arg }) => (arg === undefined ? [] : [arg.name])),
      });
    } else if (node.type === "Constant") {
      const { value } = node;
      if (typeof value === "string" && /^[a-z][a-z0-9+]{1,20}:\/\//.test(value)) addresses.push(value);
    }
  }
  return { imports, calls, addresses };
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
    for (const node of children(next.node).toReversed()) waiting.push({ node, optional });
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
