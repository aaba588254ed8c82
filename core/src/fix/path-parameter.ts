import type { AnalysedCell, Dataflow } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";
import { sourceRange } from "../rules/rule.ts";
import type { Fixer } from "./fixer.ts";
import { addParameters } from "./parameters-cell.ts";

/** Makes an absolute path a parameter: the same value, in one place that whoever runs the notebook can set. */
export const pathParameter: Fixer = ({ document }, { subject: path }) => {
  const places = document.cells.flatMap((cell) => literalsIn(cell, path).map((node) => ({ cell, node })));
  const [first] = places;
  // A path inside of a f-string, or one that is a parameter already.
  if (first === undefined || places.some(({ cell }) => cell.cell.tags.includes("parameters"))) return undefined;
  const name = freeName(document, path);
  const written = first.cell.translation.python.slice(first.node.start, first.node.end);
  const { edits, ...cells } = addParameters(document, [`${name} = ${written}`]);
  return {
    id: "path-parameter",
    title: `Make the path a parameter: ${name}`,
    ...cells,
    edits: [
      ...edits,
      ...places.map(({ cell, node }) => ({ cell: cell.cell.index, range: sourceRange(cell, node), text: name })),
    ],
  };
};

/** Where a text stands as a value of its own; parts of f-strings and of joined literals are none. */
function literalsIn(cell: AnalysedCell, path: string): readonly ast.Constant[] {
  const found: ast.Constant[] = [];
  const parts = new Set<object>();
  for (const { node } of walk(cell.module)) {
    if (node.type === "JoinedStr") for (const { node: inner } of walk(node)) parts.add(inner);
    if (node.type === "Expr" && node.value.type === "Constant") parts.add(node.value);
    if (node.type !== "Constant" || node.kind !== "str" || node.value !== path || parts.has(node)) continue;
    const text = cell.translation.python.slice(node.start, node.end);
    if (/^[rRuU]?(["'])(?!\1)/.test(text) && !text.includes("\n")) found.push(node);
  }
  return found;
}

/** `/home/me/data/train.csv` is `TRAIN_PATH`; a folder without an ending `DATA_DIR`. */
function freeName({ cells }: Dataflow, path: string): string {
  const last =
    path
      .replace(/[\\/]+$/, "")
      .split(/[\\/]/)
      .at(-1) ?? "";
  const isFile = /\.\w{1,8}$/.test(last);
  const stem = last
    .replace(/\.\w{1,8}$/, "")
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const name = `${/^[A-Za-z]/.test(stem) ? stem : "data"}_${isFile ? "path" : "dir"}`.toUpperCase();
  const isTaken = (candidate: string) => cells.some(({ translation }) => translation.python.includes(candidate));
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name}_${count}`;
    if (!isTaken(candidate)) return candidate;
  }
}
