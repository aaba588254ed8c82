import type { Constant, SyntaxProblem } from "../ast.ts";
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
    if (/r/i.test(prefix)) continue;
    const isBytes = /b/i.test(prefix);
    const broken = [...body.matchAll(escapes)].find(([found]) => !isWhole(found, isBytes));
    if (broken === undefined) continue;
    const start = node.start + literal.index + whole.indexOf(body) + broken.index;
    const place = { start, end: start + 2 };
    yield problem(
      place,
      isBytes
        ? "invalid \\x escape"
        : `${broken[0].slice(0, 2)} begins no character here; write r"..." for a text with backslashes`,
    );
    return;
  }
}

const literals = /([a-zA-Z]{0,2})("""|'''|"|')([\s\S]*?)(?<=(?:^|[^\\])(?:\\\\)*)\2/g;
const escapes = /\\(?:x[\da-fA-F]{0,2}|u[\da-fA-F]{0,4}|U[\da-fA-F]{0,8}|N\{?|[\s\S])/g;

function isWhole(found: string, isBytes: boolean): boolean {
  switch (found[1]) {
    case "x":
      return found.length === 4;
    case "u":
      return isBytes || found.length === 6;
    case "U":
      return isBytes || (found.length === 10 && Number.parseInt(found.slice(2), 16) <= 0x10ffff);
    case "N":
      return isBytes || found.length === 3;
    default:
      return true;
  }
}
