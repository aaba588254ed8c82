import type { Constant, SyntaxProblem } from "../ast.ts";
import { brokenEscape, messageOf, placeOfEscape } from "../escapes.ts";
import type { TypedNode } from "../walk.ts";
import type { Place } from "./place.ts";
import { problem } from "./problem.ts";

/** Bytes that are none, and escapes that name no character: a Windows folder in a plain text (`"C:\Users"`). */
export function* literalProblems(node: TypedNode, _place: Place, text: string): Iterable<SyntaxProblem> {
  if (node.type !== "Constant" || (node.kind !== "str" && node.kind !== "bytes")) return;
  const written = text.slice(node.start, node.end);
  if (node.kind === "bytes") yield* bytesProblems(node, written);
  if (written.includes("\\")) yield* escapeProblems(node, written);
}

function* bytesProblems(node: Constant, written: string): Iterable<SyntaxProblem> {
  const all = [...written.matchAll(literals)];
  if (all.some(([, prefix = ""]) => !/b/i.test(prefix))) yield problem(node, "cannot mix bytes and nonbytes literals");
  if (all.some(([, prefix = "", , body = ""]) => /b/i.test(prefix) && /[\u0080-\uffff]/.test(body)))
    yield problem(node, 'bytes can only contain ASCII characters; write "...".encode()');
}

function* escapeProblems(node: Constant, written: string): Iterable<SyntaxProblem> {
  for (const literal of written.matchAll(literals)) {
    const [whole, prefix = "", , body = ""] = literal;
    const isBytes = /b/i.test(prefix);
    const broken = /r/i.test(prefix) ? undefined : brokenEscape(body, isBytes);
    if (broken === undefined) continue;
    yield problem(placeOfEscape(node.start + literal.index + whole.indexOf(body), broken), messageOf(broken, isBytes));
    return;
  }
}

const literals = /([a-zA-Z]{0,2})("""|'''|"|')([\s\S]*?)(?<=(?:^|[^\\])(?:\\\\)*)\2/g;
