import type { Expr, Invalid, InvalidExpr, SyntaxProblem } from "./ast.ts";
import type { SyntaxNode } from "./syntax-node.ts";

/** What lowering needs besides the node, and where it puts what it finds. */
export interface Lowering {
  readonly text: string;
  readonly errors: SyntaxProblem[];
  /** Stars that the grammar was not shown, by the start of what they stand before; each is taken out where it is read. */
  readonly stars: Map<number, number>;
  /** The tree of a piece of the text, with some of it replaced by as many characters. */
  readonly reparse: (start: number, end: number, replace: (piece: string) => string) => SyntaxNode;
}

/** The text that a node of the grammar covers. */
export function textOf(lowering: Lowering, node: SyntaxNode): string {
  return lowering.text.slice(node.start, node.end);
}

/** Notes something that is no Python, and goes on. */
export function report(lowering: Lowering, node: { start: number; end: number }, message: string): void {
  lowering.errors.push({ start: node.start, end: node.end, message });
}

/** An expression that is not Python, or nested too deeply. */
export function invalidExpr(lowering: Lowering, node: SyntaxNode, message?: string): InvalidExpr {
  if (!node.cut) reportBroken(lowering, node, message);
  return { type: "InvalidExpr", start: node.start, end: node.end, parts: namesIn(lowering, node) };
}

/** A statement that is not Python. */
export function invalidStatement(lowering: Lowering, node: SyntaxNode, message?: string): Invalid {
  const said = node.cut ? "nested too deeply to be analysed" : reportBroken(lowering, node, message);
  return { type: "Invalid", start: node.start, end: node.end, message: said, parts: namesIn(lowering, node) };
}

/** Adds the problem of a broken node at the innermost place that is known, and returns its message. */
export function reportBroken(lowering: Lowering, node: SyntaxNode, message: string | undefined): string {
  const place = firstError(node) ?? node;
  const said = message ?? describe(lowering, place);
  report(lowering, place, said);
  return said;
}

function firstError(node: SyntaxNode): SyntaxNode | undefined {
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === "ERROR") return next;
    for (const kid of next.kids.toReversed()) waiting.push(kid);
  }
  return undefined;
}

function describe(lowering: Lowering, place: SyntaxNode): string {
  const [line = ""] = textOf(lowering, place).split("\n", 1);
  const shown = line.length > 40 ? `${line.slice(0, 40)}...` : line;
  return shown.trim() === "" ? "invalid syntax" : `invalid syntax: ${shown.trim()}`;
}

/** Every identifier inside a node, as a name; attributes and keywords among them, since the text is not understood. */
function namesIn(lowering: Lowering, node: SyntaxNode): Expr[] {
  const names: Expr[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type === "identifier") {
      names.push({ type: "Name", start: next.start, end: next.end, id: textOf(lowering, next) });
    }
    for (const kid of next.kids.toReversed()) waiting.push(kid);
  }
  return names;
}
