import type { Name, Stmt } from "./ast.ts";
import type { Scope } from "./scope.ts";
import { scopesBelow, scopesOfStatement } from "./scopes.ts";
import { walk } from "./walk.ts";

interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Where a statement names a global: not where a function or a comprehension in it has a variable of that name. */
export function usesOfGlobal(statement: Stmt, name: string): readonly Name[] {
  const found: Name[] = [];
  for (const { node } of walk(statement)) if (node.type === "Name" && node.id === name) found.push(node);
  if (found.length === 0) return found;
  const hidden = [...scopesBelow(scopesOfStatement(statement))].flatMap((scope) => hiddenIn(scope, name));
  return found.filter((node) => !hidden.some((piece) => isIn(node, piece)));
}

/** The pieces of a block in which a name is its own variable: defaults, and what it goes through first, are outside of it. */
function hiddenIn({ node, names }: Scope, name: string): readonly Piece[] {
  const home = names.get(name)?.home;
  if (home !== "local" && home !== "cell") return [];
  switch (node.type) {
    case "FunctionDef":
      return [{ start: node.body[0]?.start ?? node.end, end: node.end }];
    case "Lambda":
      return [node.body];
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
    case "DictComp": {
      const first = node.generators[0]?.iter;
      if (first === undefined) return [node];
      return [
        { start: node.start, end: first.start },
        { start: first.end, end: node.end },
      ];
    }
    default:
      return [];
  }
}

function isIn({ start, end }: Piece, piece: Piece): boolean {
  return piece.start <= start && end <= piece.end;
}
