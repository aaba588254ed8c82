import type { SyntaxProblem } from "../ast.ts";
import type { TypedNode } from "../walk.ts";
import { codeLines } from "./indentation.ts";
import type { Place } from "./place.ts";
import { problem } from "./problem.ts";

/** A statement that goes on behind the end of its line: the grammar looks for the rest of it below. */
export function* lineEndProblems(node: TypedNode, _place: Place, text: string): Iterable<SyntaxProblem> {
  const written = text.slice(node.start, node.end);
  if (!written.includes("\n")) return;
  const [line, another] = codeLines(written);
  if (line === undefined || another === undefined) return;
  yield problem(
    { start: node.start + line.start, end: node.start + line.end },
    "invalid syntax: the line ends too soon",
  );
}
