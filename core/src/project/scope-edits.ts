import type * as ast from "../python/ast.ts";
import { children, walk } from "../python/walk.ts";
import type { SourcedStatement } from "./notebook-source.ts";
import type { SourceEdit } from "./source-edit.ts";

/**
 * What keeps a top-level statement's meaning once it stands inside a function: `global` becomes `nonlocal`, because the
 * globals it spoke of are the stage's variables now; `__name__` is what it was in the notebook. A look into `globals()`
 * finds the stage's variables beside what its module imports; what is written there stays the module's.
 */
export function scopeEdits(sourced: SourcedStatement, stageVariables: ReadonlySet<string>): readonly SourceEdit[] {
  const edits: SourceEdit[] = [];
  const { node } = sourced.statement;
  if (node.type === "Global") return [{ start: node.start, end: node.end, text: "pass" }];
  const looks = looksIntoGlobals(node);
  edits.push(...looks.map(({ start, end }) => ({ start, end, text: "{**globals(), **locals()}" })));
  for (const { node: found } of walk(node)) {
    if (found.type === "Name" && found.id === "__name__") {
      edits.push({ start: found.start, end: found.end, text: '"__main__"' });
    }
    if (found.type === "Global" && sourced.python.startsWith("global", found.start)) {
      const local = found.names.filter(({ name }) => stageVariables.has(name)).map(({ name }) => name);
      if (local.length === found.names.length) {
        edits.push({ start: found.start, end: found.start + "global".length, text: "nonlocal" });
      }
    }
  }
  return edits;
}

/** Calls of `globals()` at the top level that only read: `**globals()`, `globals()["x"]`, `"x" in globals()`. */
export function looksIntoGlobals(root: ast.Stmt): readonly ast.Call[] {
  const found: ast.Call[] = [];
  const waiting: Parameters<typeof children>[0][] = [root];
  const targets = new Set<unknown>();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "Assign" || node.type === "Delete") for (const target of node.targets) targets.add(target);
    if (node.type === "AugAssign") targets.add(node.target);
    if (/^(FunctionDef|AsyncFunctionDef|ClassDef|Lambda|ListComp|SetComp|DictComp|GeneratorExp)$/.test(node.type))
      continue;
    const read =
      node.type === "Call"
        ? [...node.keywords.filter(({ arg }) => arg === undefined).map(({ value }) => value), ...gotFrom(node)]
        : node.type === "Subscript" && !targets.has(node)
          ? [node.value]
          : node.type === "Compare"
            ? node.comparators
            : node.type === "BinOp"
              ? [node.right]
              : [];
    found.push(...read.filter(isGlobalsCall));
    waiting.push(...children(node));
  }
  return found;
}

/** What `x.get(...)` is called on. */
function gotFrom({ func }: ast.Call): readonly ast.Expr[] {
  return func.type === "Attribute" && /^(get|keys|items|copy)$/.test(func.attr.name) ? [func.value] : [];
}

function isGlobalsCall(node: ast.Expr): node is ast.Call {
  return node.type === "Call" && node.func.type === "Name" && node.func.id === "globals" && node.args.length === 0;
}

/** True where a statement waits at the top level, so that its stage must be a coroutine. */
export function waitsAtTop(node: ast.Stmt): boolean {
  const waiting: unknown[] = [node];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (next === null || typeof next !== "object") continue;
    if (Array.isArray(next)) {
      waiting.push(...next);
      continue;
    }
    const type = (next as { type?: string }).type;
    if (type === "FunctionDef" || type === "AsyncFunctionDef" || type === "Lambda") continue;
    if (type === "Await" || type === "AsyncFor" || type === "AsyncWith") return !isYieldFrom(next as ast.Await, node);
    waiting.push(...Object.values(next));
  }
  return false;
}

function isYieldFrom(node: ast.Await, root: ast.Stmt): boolean {
  return node.type === "YieldFrom" && root.type !== "AsyncFunctionDef";
}
