import type { Stmt } from "./ast.ts";
import { invalidStatement, type Lowering } from "./lowering.ts";
import type { SyntaxNode } from "./syntax-node.ts";

const messages: Readonly<Record<string, string>> = {
  print_statement: "print without parentheses is Python 2; write print(...)",
  exec_statement: "exec without parentheses is Python 2; write exec(...)",
};

/** The grammar accepts two statements that Python 3 does not have. */
export function lowerPython2(lowering: Lowering, node: SyntaxNode): Stmt {
  return invalidStatement(lowering, node, messages[node.type]);
}
