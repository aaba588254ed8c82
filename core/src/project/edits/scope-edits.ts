import type * as ast from "../../python/ast.ts";
import { children, walk } from "../../python/walk.ts";
import type { Span } from "../../text/position.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import type { SourceEdit } from "./source-edit.ts";
import { multilineTexts } from "./statement-text.ts";

/**
 * What keeps a top-level statement's meaning once it stands inside a function: `global` becomes `nonlocal`, because the
 * globals it spoke of are the stage's variables now; `__name__` is what it was in the notebook. A look into `globals()`
 * finds the stage's variables beside what its module imports; what is written there stays the module's.
 */
export function scopeEdits(sourced: SourcedStatement, stageVariables: ReadonlySet<string>): readonly SourceEdit[] {
  const edits: SourceEdit[] = [];
  const { node } = sourced.statement;
  if (node.type === "Global") return [{ start: node.start, end: node.end, text: "pass" }];
  const main = mainBlock(sourced);
  if (main !== undefined) edits.push(...unwrapped(sourced, main));
  const looks = looksIntoGlobals(node);
  edits.push(...looks.map(({ start, end }) => ({ start, end, text: "{**globals(), **locals()}" })));
  const functions = [...walk(node)].flatMap(({ node: { type, start, end } }) =>
    /^(FunctionDef|AsyncFunctionDef|ClassDef)$/.test(type) ? [{ start, end }] : [],
  );
  for (const { node: found } of walk(node)) {
    if (found.type === "Global" && !functions.some(({ start, end }) => start <= found.start && found.start < end)) {
      edits.push({ start: found.start, end: found.end, text: "pass" });
      continue;
    }
    if (found.type === "Name" && found.id === "__name__" && (main === undefined || found.start >= main.start)) {
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

/** The body of `if __name__ == "__main__":`, which in a notebook always runs, with the comments above it. */
function mainBlock({ statement: { node }, python }: SourcedStatement): Span | undefined {
  if (node.type !== "If" || node.orelse.length > 0 || node.test.type !== "Compare") return undefined;
  const { left, ops, comparators } = node.test;
  const sides = [left, ...comparators];
  const isMain =
    ops.length === 1 &&
    ops[0] === "==" &&
    sides.some((side) => side.type === "Name" && side.id === "__name__") &&
    sides.some((side) => side.type === "Constant" && side.value === "__main__");
  const first = node.body[0];
  if (!isMain || first === undefined) return undefined;
  const head = python.slice(node.test.end, first.start);
  const comment = /^[^\n]*\n\s*#/.exec(head);
  return { start: comment === null ? first.start : node.test.end + comment[0].length - 1, end: node.end };
}

/** What leaves only the body of a block, moved to the left. */
function unwrapped({ statement: { node }, python, span }: SourcedStatement, body: Span): readonly SourceEdit[] {
  const width = body.start - (python.lastIndexOf("\n", body.start - 1) + 1);
  const isBelow = python.slice(node.start, body.start).includes("\n");
  const edits: SourceEdit[] = [{ start: node.start, end: body.start, text: "" }];
  if (!isBelow) return edits;
  const texts = multilineTexts(node);
  for (let at = python.indexOf("\n", body.start); at !== -1 && at < span.end; at = python.indexOf("\n", at + 1)) {
    const line = at + 1;
    const isInText = texts.some((text) => text.start < line && line <= text.end);
    const spaces = /^[ \t]*/.exec(python.slice(line, line + width))?.[0].length ?? 0;
    if (!isInText && spaces > 0) edits.push({ start: line, end: line + spaces, text: "" });
  }
  return edits;
}

/** Calls of `globals()` at the top level that only read: `**globals()`, `globals()["x"]`, `"x" in globals()`. */
export function looksIntoGlobals(root: ast.Stmt): readonly ast.Call[] {
  const found: ast.Call[] = [];
  if (!walk(root).some(({ node }) => node.type === "Call" && isGlobalsCall(node))) return found;
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
