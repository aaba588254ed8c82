import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";

/** Python moved into a block. */
export interface Indented {
  readonly python: string;
  /** Where an offset of the text before it was moved is now. */
  readonly moved: (offset: number) => number;
}

/** Python as the body of a block whose first line is indented already: every other line too, but for those inside texts. */
export function indented(python: string, module: ast.Module | ast.FunctionDef, indent: string): Indented {
  if (indent === "") return { python, moved: (offset) => offset };
  if (module.body.length === 0) {
    const body = python === "" ? "pass" : `pass\n${python}`;
    return { python: body.replaceAll("\n", `\n${indent}`), moved: () => 0 };
  }
  const texts = [...walk(module)].filter(
    ({ node }) =>
      node.type === "JoinedStr" || (node.type === "Constant" && (node.kind === "str" || node.kind === "bytes")),
  );
  const inText = new Set<number>();
  for (const { node } of texts) {
    for (let at = python.indexOf("\n", node.start); at !== -1 && at < node.end; at = python.indexOf("\n", at + 1))
      inText.add(at + 1);
  }
  const starts: number[] = [];
  let made = "";
  let from = 0;
  for (let at = python.indexOf("\n"); at !== -1; at = python.indexOf("\n", at + 1)) {
    const line = at + 1;
    if (inText.has(line) || python[line] === "\n") continue;
    made += python.slice(from, line) + indent;
    from = line;
    starts.push(line);
  }
  made += python.slice(from);
  const moved = (offset: number) => offset + indent.length * starts.filter((start) => start <= offset).length;
  return { python: made, moved };
}
