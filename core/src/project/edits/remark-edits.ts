import type { SourcedStatement } from "../notebook-source.ts";
import type { SourceEdit } from "./source-edit.ts";

/** A text that stands alone in a cell, as people write who mean a comment, becomes one. */
export function remarkEdits({ statement: { node } }: SourcedStatement, indent: string): readonly SourceEdit[] {
  if (node.type !== "Expr" || node.value.type !== "Constant" || node.value.kind !== "str") return [];
  const lines = String(node.value.value).trim().split("\n");
  const text = lines.map((line) => `# ${line.trim()}`.trimEnd()).join(`\n${indent}`);
  return [{ start: node.start, end: node.end, text }];
}
