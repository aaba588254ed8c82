import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";
import type { SourcedStatement } from "./notebook-source.ts";
import type { SourceEdit } from "./source-edit.ts";

/**
 * What keeps a top-level statement's meaning once it stands inside a function: `global` becomes `nonlocal`, because the
 * globals it spoke of are the stage's variables now; `__name__` is what it was in the notebook.
 */
export function scopeEdits(sourced: SourcedStatement, stageVariables: ReadonlySet<string>): readonly SourceEdit[] {
  const edits: SourceEdit[] = [];
  const { node } = sourced.statement;
  if (node.type === "Global") return [{ start: node.start, end: node.end, text: "pass" }];
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
