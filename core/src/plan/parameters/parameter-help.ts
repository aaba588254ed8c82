import type { AnalysedCell } from "../../dataflow/model.ts";
import { injectedTag, parametersTag } from "../../notebook/cell-tags.ts";
import type * as ast from "../../python/ast.ts";
import type { Bench } from "../bench.ts";
import type { Facts } from "../facts.ts";
import { assignedName } from "../statement-kinds.ts";

/** More than this is no line about a parameter. */
const longest = 200;

/**
 * What the author says of an assigned name: behind the assignment, above it, or in a list or table of the text above.
 * `node`: the assignment, where it is a part of the statement.
 */
export function helpOf(bench: Bench, { statement }: Facts, name: string, node: ast.Stmt = statement.node): string {
  const cell = bench.cells.get(statement.cell);
  if (cell === undefined) return "";
  // What papermill writes above the values of a run is no word of the author's.
  if (cell.cell.tags.includes(injectedTag)) return helpOfDefault(bench, name) ?? textAbove(bench, cell, name) ?? "";
  return commentBeside(cell, node) ?? commentAbove(cell, node) ?? textAbove(bench, cell, name) ?? "";
}

/** What stands beside a name's default, in the cell of the parameters. */
function helpOfDefault({ dataflow: { cells } }: Bench, name: string): string | undefined {
  const cell = cells.find(({ cell }) => cell.tags.includes(parametersTag));
  const node = cell?.statements.find((each) => assignedName(each.node)?.target.id === name)?.node;
  return cell && node && (commentBeside(cell, node) ?? commentAbove(cell, node));
}

function commentBeside({ module, translation }: AnalysedCell, { end }: ast.Stmt): string | undefined {
  const comment = module.comments.find(({ start }) => start >= end);
  if (comment === undefined || translation.python.slice(end, comment.start).includes("\n")) return undefined;
  return textOf([comment]);
}

/** Comments right above an assignment that stands alone: above several, they are about all of them. */
function commentAbove({ module, translation: { python } }: AnalysedCell, node: ast.Stmt): string | undefined {
  if (!/^[ \t]*(?:\n[ \t]*(?:\n|#)|\n?[ \t]*$)/.test(python.slice(node.end, node.end + 200))) return undefined;
  const above: ast.Comment[] = [];
  let limit = node.start;
  for (const comment of module.comments.filter(({ end }) => end <= node.start).reverse()) {
    const lineStart = python.lastIndexOf("\n", comment.start - 1) + 1;
    const isAlone = python.slice(lineStart, comment.start).trim() === "";
    if (!isAlone || !/^[ \t]*\n[ \t]*$/.test(python.slice(comment.end, limit))) break;
    above.unshift(comment);
    limit = comment.start;
  }
  return above.length === 0 ? undefined : textOf(above);
}

function textOf(comments: readonly ast.Comment[]): string | undefined {
  const text = comments.map((comment) => comment.text.replace(/^#+\s*/, "").trim()).join(" ");
  // A rule, or code that is commented out, says nothing of the name.
  if (text === "" || text.length > longest || !/\p{L}{2}/u.test(text) || /^[\w.]+\s*=[^=]/.test(text)) return undefined;
  return text;
}

/** `- name: what it is`, `` `name`: what it is ``, `| name | what it is |` in the text cells above, the nearest first. */
function textAbove({ analysis: { notebook } }: Bench, { cell }: AnalysedCell, name: string): string | undefined {
  const said = new RegExp(
    `^[ \\t]*(?:(?:[-*+]|\\d{1,3}\\.)[ \\t]+[\`*_]{0,3}${name}[\`*_]{0,3}|\`${name}\`|\\|[ \\t]*[\`*_]{0,3}${name}[\`*_]{0,3}[ \\t]*(?=\\|))[ \\t]*[:=|\u2013\u2014-]+[ \\t]*([^\\n|]{2,${longest}})`,
    "mu",
  );
  for (const text of notebook.cells.slice(0, cell.index).reverse()) {
    if (text.kind !== "markdown" || !text.source.includes(name)) continue;
    const found = said.exec(text.source)?.[1]?.replace(/[`*]/g, "").trim();
    if (found !== undefined && /\p{L}{2}/u.test(found)) return found;
  }
  return undefined;
}
