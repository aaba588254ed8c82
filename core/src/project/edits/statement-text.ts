import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { Span } from "../../text/position.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { applyEdits, type SourceEdit } from "./source-edit.ts";

/**
 * A statement's text as its author wrote it, with edits, moved to the right by `indent`. Lines inside of a text literal
 * stay where they are, because moving them would change the literal.
 */
export function statementText(source: SourcedStatement, edits: readonly SourceEdit[], indent: string): string {
  const { python, code } = source;
  let span: Span = source.span;
  // First: what is put before the code of a line below a comment comes after the line's indentation.
  const all = indent === "" ? [] : [...indentation(python, span, indent, multilineTexts(source.statement.node))];
  all.push(...edits);
  if (source.silenced) {
    // The semicolon between the code and a comment behind it.
    const at = python.indexOf(";", code.end);
    if (span.end > at) all.push({ start: at, end: at + 1, text: "" });
    else span = { start: span.start, end: code.end };
  }
  return indent + applyEdits(python, span, all);
}

function* indentation(python: string, span: Span, indent: string, texts: readonly Span[]): Generator<SourceEdit> {
  let next = 0;
  for (let at = python.indexOf("\n", span.start); at !== -1 && at < span.end; at = python.indexOf("\n", at + 1)) {
    const line = at + 1;
    while (next < texts.length && (texts[next] as Span).end <= line) next++;
    const text = texts[next];
    const inText = text !== undefined && text.start < line;
    if (!inText && python[line] !== "\n") yield { start: line, end: line, text: indent };
  }
}

/** The text literals of a statement, in order; one inside an f-string counts with it. */
export function multilineTexts(node: ast.Stmt): readonly Span[] {
  const spans: Span[] = [];
  let covered = -1;
  for (const { node: found } of walk(node)) {
    const isText =
      found.type === "JoinedStr" ||
      found.type === "TemplateStr" ||
      (found.type === "Constant" && (found.kind === "str" || found.kind === "bytes"));
    if (!isText || found.start < covered) continue;
    spans.push({ start: found.start, end: found.end });
    covered = found.end;
  }
  return spans.sort((a, b) => a.start - b.start);
}
