import type { AnalysedCell, Dataflow } from "../dataflow/model.ts";
import { parametersTag } from "../notebook/cell-tags.ts";
import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";
import { sourceRange } from "../rules/rule.ts";
import type { Fixer } from "./fixer.ts";
import { addParameters } from "./parameters-cell.ts";

/** Makes an absolute path a parameter: the same value, in one place that whoever runs the notebook can set. */
export const pathParameter: Fixer = ({ document }, { subject: path }) => {
  const places = literalsOf(document).get(path) ?? [];
  const [first] = places;
  // A path inside of a f-string, or one that is a parameter already.
  if (first === undefined || places.some(({ cell }) => cell.cell.tags.includes(parametersTag))) return undefined;
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

interface Literal {
  readonly cell: AnalysedCell;
  readonly node: ast.Constant;
}

const literals = new WeakMap<Dataflow, ReadonlyMap<string, readonly Literal[]>>();

/** Texts of a notebook that stand as values of their own, by what they say. */
function literalsOf(document: Dataflow): ReadonlyMap<string, readonly Literal[]> {
  const known = literals.get(document);
  if (known !== undefined) return known;
  const all = document.cells.flatMap((cell) => literalsIn(cell).map((node) => ({ cell, node })));
  const found = Map.groupBy(all, ({ node }) => String(node.value));
  literals.set(document, found);
  return found;
}

/** Parts of f-strings, documentation and texts of several lines are left out. */
function literalsIn(cell: AnalysedCell): readonly ast.Constant[] {
  const found: ast.Constant[] = [];
  const parts = new Set<object>();
  for (const { node } of walk(cell.module)) {
    if (node.type === "JoinedStr") for (const { node: inner } of walk(node)) parts.add(inner);
    if (node.type === "Expr" && node.value.type === "Constant") parts.add(node.value);
    if (node.type !== "Constant" || node.kind !== "str" || parts.has(node)) continue;
    const text = cell.translation.python.slice(node.start, node.end);
    if (/^[rRuU]?(["'])(?!\1)/.test(text) && !text.includes("\n")) found.push(node);
  }
  return found;
}

/** The names that paths were given, so that no two paths of a notebook get one. */
const given = new WeakMap<Dataflow, Map<string, string>>();

/** `/home/me/data/train.csv` is `TRAIN_PATH`; a folder without an ending `DATA_DIR`. */
function freeName(document: Dataflow, path: string): string {
  const names = given.get(document) ?? new Map<string, string>();
  given.set(document, names);
  const known = names.get(path);
  if (known !== undefined) return known;
  const taken = new Set(names.values());
  const isTaken = (name: string) =>
    taken.has(name) || document.cells.some(({ translation }) => translation.python.includes(name));
  const stem = nameOf(path);
  let name = stem;
  for (let count = 2; isTaken(name); count++) name = `${stem}_${count}`;
  names.set(path, name);
  return name;
}

function nameOf(path: string): string {
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
  return `${/^[A-Za-z]/.test(stem) ? stem : "data"}_${isFile ? "path" : "dir"}`.toUpperCase();
}
