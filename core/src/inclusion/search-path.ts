import type * as ast from "../python/ast.ts";
import { isSearchPath } from "../python/search-path.ts";
import { type TypedNode, walk } from "../python/walk.ts";
import { filePlace } from "../text/file-place.ts";

/** What a notebook adds to `sys.path`. */
export interface AddedFolders {
  /** As seen from the notebook's folder, or from the root; that folder itself is the empty text. */
  readonly folders: readonly string[];
  /** False where it does something to `sys.path` that its code alone does not tell. */
  readonly isKnown: boolean;
}

/** The folders that code adds to the path on which modules are searched, as far as it says which. */
export function addedFolders(modules: readonly ast.Module[]): AddedFolders {
  const names = new Map<string, ast.Expr>();
  const folders = new Set<string>();
  const followed = new Set<TypedNode>();
  let isKnown = true;
  const nodes = modules.flatMap((module) => walk(module).map(({ node }) => node));
  for (const node of nodes) {
    if (node.type === "Assign" && node.targets.length === 1 && node.targets[0]?.type === "Name") {
      names.set(node.targets[0].id, node.value);
    }
    // `if folder not in sys.path`
    if (node.type === "Compare") for (const each of node.comparators) followed.add(each);
    if (node.type !== "Call" || node.func.type !== "Attribute" || !isAddition(node.func)) continue;
    followed.add(node.func.value);
    const added = node.args.at(-1);
    const path = added === undefined ? undefined : pathOf(added, names, 0);
    if (path === undefined) isKnown = false;
    else folders.add(filePlace(path));
  }
  isKnown &&= nodes.every((node) => !isSearchPath(node) || followed.has(node));
  return { folders: [...folders], isKnown };
}

/** `sys.path.append`, `sys.path.insert`. */
function isAddition({ attr, value }: ast.Attribute): boolean {
  return (attr.name === "append" || attr.name === "insert") && isSearchPath(value);
}

/** Deeper expressions are no paths that a person writes. */
const deepest = 12;

/** The folder that an expression of paths means: texts, `os.path`, `pathlib`, names of these. */
function pathOf(node: ast.Expr | undefined, names: ReadonlyMap<string, ast.Expr>, depth: number): string | undefined {
  if (node === undefined || depth > deepest) return undefined;
  const of = (each: ast.Expr | undefined) => pathOf(each, names, depth + 1);
  switch (node.type) {
    case "Constant":
      return textOf(node);
    case "Name":
      return of(names.get(node.id));
    case "BinOp":
      return node.op === "/" ? joined(of(node.left), [textOf(node.right)]) : undefined;
    case "Attribute":
      return node.attr.name === "parent" ? parentOf(of(node.value)) : undefined;
    case "Call":
      return calledPath(node, of);
    default:
      return undefined;
  }
}

function calledPath(
  { func, args }: ast.Call,
  of: (node: ast.Expr | undefined) => string | undefined,
): string | undefined {
  const name = func.type === "Attribute" ? func.attr.name : func.type === "Name" ? func.id : "";
  if (name === "getcwd" || name === "cwd") return "";
  if (name === "join") {
    const [first, ...others] = args;
    return joined(of(first), others.map(textOf));
  }
  if (name === "dirname") return parentOf(of(args[0]));
  if (["abspath", "realpath", "normpath", "expanduser", "str", "Path", "PurePath", "fspath"].includes(name)) {
    return args.length === 0 ? "" : of(args[0]);
  }
  const isKept = ["resolve", "absolute", "as_posix"].includes(name) && func.type === "Attribute";
  return isKept && func.type === "Attribute" ? of(func.value) : undefined;
}

function textOf(node: ast.Expr): string | undefined {
  return node.type === "Constant" && node.kind === "str" ? String(node.value).replaceAll("\\", "/") : undefined;
}

/** As `os.path.join`: what is absolute begins anew. */
function joined(base: string | undefined, parts: readonly (string | undefined)[]): string | undefined {
  let path = base;
  for (const part of parts) {
    if (path === undefined || part === undefined) return undefined;
    path = isAbsolute(part) || path === "" ? part : `${path}/${part}`;
  }
  return path;
}

function parentOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : filePlace(path === "" ? ".." : `${path}/..`);
}

function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(path);
}
