import { distance } from "fastest-levenshtein";
import type { Dataflow, NotebookDefinition } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { takesArguments } from "../python/takes-arguments.ts";
import { walk } from "../python/walk.ts";
import type { Analysis } from "../rules/analysis.ts";
import { sourceRange } from "../rules/rule.ts";
import { haveWordInCommon } from "../text/name-words.ts";
import type { Fixer } from "./fixer.ts";

/**
 * Corrects the calls of a function that was renamed after the run: nothing defines the name that is called, exactly one
 * function of the notebook is called by nobody, its parameters take the arguments of every such call, and the names have
 * a word in common or differ by little.
 */
export const renamed: Fixer = (analysis, { subject }) => {
  const { document } = analysis;
  const uses = usesOf(analysis, subject);
  if (uses.length === 0 || uses.some(({ call }) => call === undefined)) return undefined;
  const candidates = document.definitions.filter(
    (definition) =>
      definition.kind === "function" &&
      isUnused(document, definition) &&
      isAlike(definition.name, subject) &&
      uses.every(({ call }) => takesArguments(definition.node as ast.FunctionDef, call as ast.Call)),
  );
  const [definition] = candidates;
  if (definition === undefined || candidates.length > 1) return undefined;
  return {
    id: "rename-call",
    title: `Call \`${definition.name}\`, as the notebook defines it, instead of \`${subject}\``,
    edits: uses.map(({ cell, node }) => ({
      cell: cell.cell.index,
      range: sourceRange(cell, node),
      text: definition.name,
    })),
  };
};

/** Every place that reads the name, with the call whose function it is. */
function usesOf({ document }: Analysis, name: string) {
  return document.cells.flatMap((cell) => {
    if (!cell.translation.python.includes(name)) return [];
    const called = new Map<ast.Expr, ast.Call>();
    const found: ast.Name[] = [];
    for (const { node } of walk(cell.module)) {
      if (node.type === "Call") called.set(node.func, node);
      else if (node.type === "Name" && node.id === name) found.push(node);
    }
    return found.map((node) => ({ cell, node, call: called.get(node) }));
  });
}

function isUnused({ statements, definitions }: Dataflow, { name, statement }: NotebookDefinition): boolean {
  if (definitions.some((other) => other.name !== name && other.freeReads.includes(name))) return false;
  if (definitions.filter((other) => other.name === name).length > 1) return false;
  return statements.every(({ id, accesses }) => id === statement || accesses.every(({ place }) => place.name !== name));
}

function isAlike(one: string, other: string): boolean {
  const few = Math.max(1, Math.floor(Math.min(one.length, other.length) / 3));
  return haveWordInCommon(one, other) || distance(one, other) <= few;
}
