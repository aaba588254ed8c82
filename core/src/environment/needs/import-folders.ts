import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { ParsedCell } from "../../dataflow/model.ts";
import { isSearchPath } from "../../plan/search-path.ts";
import type * as ast from "../../python/ast.ts";
import { type TypedNode, walk } from "../../python/walk.ts";
import { projectRoot } from "../project-root.ts";

/** Where a notebook imports its own modules from. */
export interface SearchPath {
  /** The folder that it stands in, and those of its project that it adds to `sys.path`. */
  readonly folders: readonly string[];
  /** Folders that it adds and that are not its project's: nothing of these is read. */
  readonly beyond: readonly string[];
  /** False where it does something to `sys.path` that its code alone does not tell. */
  readonly isKnown: boolean;
}

/**
 * The folders that a notebook in `folder` imports its own modules from, as far as its code says which. What leads out of
 * the project is not followed; where nothing marks a project, it is what the folder above the notebook's holds.
 */
export function searchPathOf(flow: { readonly cells: readonly ParsedCell[] }, folder: string): SearchPath {
  const home = resolve(folder);
  const root = projectRoot(home) ?? dirname(home);
  const names = new Map<string, ast.Expr>();
  const folders = new Set([home]);
  const beyond = new Set<string>();
  const followed = new Set<TypedNode>();
  let isKnown = true;
  const nodes = flow.cells.flatMap(({ module }) => walk(module).map(({ node }) => node));
  for (const node of nodes) {
    if (node.type === "Assign" && node.targets.length === 1 && node.targets[0]?.type === "Name") {
      names.set(node.targets[0].id, node.value);
    }
    // `if folder not in sys.path`
    if (node.type === "Compare") for (const each of node.comparators) followed.add(each);
    if (node.type !== "Call" || node.func.type !== "Attribute" || !isAddition(node.func)) continue;
    followed.add(node.func.value);
    const added = node.args.at(-1);
    const path = added === undefined ? undefined : staticPath(added, { home, names, depth: 0 });
    if (path === undefined) isKnown = false;
    else if (isFolder(path)) (isWithin(path, root) ? folders : beyond).add(path);
  }
  isKnown &&= nodes.every((node) => !isSearchPath(node) || followed.has(node));
  return { folders: [...folders], beyond: [...beyond], isKnown };
}

/** `sys.path.append`, `sys.path.insert`. */
function isAddition({ attr, value }: ast.Attribute): boolean {
  return (attr.name === "append" || attr.name === "insert") && isSearchPath(value);
}

interface Known {
  readonly home: string;
  readonly names: ReadonlyMap<string, ast.Expr>;
  readonly depth: number;
}

/** Deeper expressions are no paths that a person writes. */
const deepest = 12;

/** The folder that an expression of paths means: texts, `os.path`, `pathlib`, names of these. */
function staticPath(node: ast.Expr, { home, names, depth }: Known): string | undefined {
  if (depth > deepest) return undefined;
  const of = (each: ast.Expr | undefined) => each && staticPath(each, { home, names, depth: depth + 1 });
  switch (node.type) {
    case "Constant":
      return node.kind === "str" ? resolve(home, String(node.value)) : undefined;
    case "Name": {
      const value = names.get(node.id);
      return of(value);
    }
    case "BinOp": {
      const left = node.op === "/" ? of(node.left) : undefined;
      const isText = node.right.type === "Constant" && node.right.kind === "str";
      return left !== undefined && isText ? resolve(left, String((node.right as ast.Constant).value)) : undefined;
    }
    case "Attribute": {
      const value = node.attr.name === "parent" ? of(node.value) : undefined;
      return value === undefined ? undefined : dirname(value);
    }
    case "Call":
      return calledPath(node, of, home);
    default:
      return undefined;
  }
}

function calledPath(
  { func, args }: ast.Call,
  of: (node: ast.Expr | undefined) => string | undefined,
  home: string,
): string | undefined {
  const name = func.type === "Attribute" ? func.attr.name : func.type === "Name" ? func.id : "";
  if (name === "getcwd" || name === "cwd") return home;
  if (name === "join") {
    const [first, ...others] = args;
    const texts = others.map((each) =>
      each.type === "Constant" && each.kind === "str" ? String(each.value) : undefined,
    );
    const base = of(first);
    return base === undefined || texts.includes(undefined) ? undefined : join(base, ...(texts as string[]));
  }
  if (name === "dirname") {
    const path = of(args[0]);
    return path === undefined ? undefined : dirname(path);
  }
  if (["abspath", "realpath", "normpath", "expanduser", "str", "Path", "PurePath", "fspath"].includes(name)) {
    return args.length === 0 ? home : of(args[0]);
  }
  const isKept = ["resolve", "absolute", "as_posix"].includes(name) && func.type === "Attribute";
  return isKept && func.type === "Attribute" ? of(func.value) : undefined;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isWithin(path: string, root: string): boolean {
  return relative(realpathSync(root), realpathSync(path)).split(sep)[0] !== "..";
}
