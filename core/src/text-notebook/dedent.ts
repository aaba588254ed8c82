import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";
import type { LineIndex, Span } from "../text/position.ts";
import { type DraftLine, trimBlankLines } from "./draft.ts";

/**
 * The lines of a piece of a file without the indentation of its first line. The lines of a string of several lines keep
 * theirs, unless all of them have that indentation.
 */
export function dedented(text: string, span: Span, module: ast.Module, index: LineIndex): readonly DraftLine[] {
  const first = index.position(span.start);
  const lines = text
    .slice(span.start, span.end)
    .split("\n")
    .map((line, at) => ({
      text: line.replace(/\r$/, ""),
      line: first.line + at,
      shift: at === 0 ? first.column - 1 : 0,
    }));
  const code = trimBlankLines(lines);
  const indent = /^[ \t]*/.exec(code[0]?.text ?? "")?.[0] ?? "";
  if (indent === "") return code;
  const kept = stringLines(text, span, module, index, indent);
  return code.map((line) => {
    if (kept.has(line.line)) return line;
    if (line.text.startsWith(indent)) {
      return { text: line.text.slice(indent.length), line: line.line, shift: line.shift + indent.length };
    }
    return line.text.trim() === "" ? { ...line, text: "" } : line;
  });
}

/** Lines that begin inside of a string whose lines do not all have the indentation. */
function stringLines(
  text: string,
  span: Span,
  module: ast.Module,
  index: LineIndex,
  indent: string,
): ReadonlySet<number> {
  const found = new Set<number>();
  const around = module.body.find(({ start, end }) => start <= span.start && span.start < end) ?? module;
  for (const { node } of walk(around)) {
    if (node.type !== "Constant" && node.type !== "JoinedStr" && node.type !== "TemplateStr") continue;
    if (node.start < span.start || node.end > span.end) continue;
    const piece = text.slice(node.start, node.end);
    if (!piece.includes("\n") || !/^[a-zA-Z]{0,2}("""|''')/.test(piece)) continue;
    const inside = piece.split("\n").slice(1);
    if (inside.every((line) => line.trim() === "" || line.startsWith(indent))) continue;
    const { line } = index.position(node.start);
    for (const at of inside.keys()) found.add(line + 1 + at);
  }
  return found;
}
