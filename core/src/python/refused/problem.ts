import type { Span } from "../../text/position.ts";
import type { SyntaxProblem } from "../ast.ts";

/** Something that Python refuses, in the words of CPython where it has some. */
export function problem({ start, end }: Span, message: string): SyntaxProblem {
  return { start, end, message };
}
