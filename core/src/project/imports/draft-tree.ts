import type * as ast from "../../python/ast.ts";
import { isFunction } from "../../python/definition.ts";
import { statementText } from "../edits/statement-text.ts";
import type { NotebookSource } from "../notebook-source.ts";
import { markedPieces } from "../origin-marks.ts";

/**
 * The syntax tree of a module's draft. Most statements stand in it as their author wrote them: these are not parsed once
 * more, but have the trees, and so the offsets, of the notebook (`source`); only what is around them is parsed.
 */
export function treeOfDraft(draft: string, parser: ast.PythonParser, source?: NotebookSource): ast.Module {
  const { text, trees } = source === undefined ? { text: draft, trees: noTrees } : withoutKnown(draft, source);
  const module = parser.parse(text);
  if (trees.size === 0) return module;
  const waiting = new Map(trees);
  const body = withTrees(module.body, waiting);
  return waiting.size === 0 ? { ...module, body } : parser.parse(draft);
}

const noTrees: ReadonlyMap<number, ast.Stmt> = new Map();

/** A draft with something short in the place of each statement that is known, and their trees by where that stands. */
interface Remaining {
  readonly text: string;
  readonly trees: ReadonlyMap<number, ast.Stmt>;
}

function withoutKnown(draft: string, source: NotebookSource): Remaining {
  const trees = new Map<number, ast.Stmt>();
  const taken = new Set<ast.Stmt>();
  let text = "";
  let at = 0;
  for (const { id, code, indent, start, end } of markedPieces(draft)) {
    const sourced = source.statement(id);
    const { node } = sourced.statement;
    // A tree stands in another one once. Of a cell that is no Python, statements are what the parser made of it.
    const isKnown =
      !taken.has(node) &&
      sourced.cell.module.errors.length === 0 &&
      statementText(sourced, [], indent).trimEnd() === code.trimEnd();
    if (!isKnown) continue;
    taken.add(node);
    text += draft.slice(at, start) + indent;
    trees.set(text.length, node);
    text += "pass";
    at = end;
  }
  return { text: text + draft.slice(at), trees };
}

/** Statements of a module or function with those trees that stand among them; takes these out of `waiting`. */
function withTrees(body: readonly ast.Stmt[], waiting: Map<number, ast.Stmt>): readonly ast.Stmt[] {
  return body.map((statement) => {
    const tree = waiting.get(statement.start);
    if (tree === undefined)
      return isFunction(statement) ? { ...statement, body: withTrees(statement.body, waiting) } : statement;
    waiting.delete(statement.start);
    return tree;
  });
}
