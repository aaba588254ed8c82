import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import type { ImportTable } from "../modules/import-table.ts";
import type { SourcedStatement } from "../notebook-source.ts";
import { slug } from "../words.ts";

/** Calls that make the paper, or choose its colours, and draw nothing yet, so that a figure is not named for them. */
const paper =
  /(^|\.)(subplots|figure|axes|subplot|add_subplot|gca|gcf|set_cmap|autumn|bone|cool|copper|flag|gray|hot|hsv|inferno|jet|magma|nipy_spectral|pink|plasma|prism|spring|summer|viridis|winter)$/;

/**
 * What a shown value is called: the names, attributes and keys that it is made of, each once, without modules, options
 * and numbers. `df.groupby("age", as_index=False).mean()` is `df_groupby_age_mean`, `f1_score(y, p)` is `f1_score_y_p`.
 */
export function displayName(imports: ImportTable, value: ast.Expr): string {
  const modules = new Set(imports.names.map(({ bound }) => bound));
  const words: { readonly start: number; readonly text: string }[] = [];
  const options: ast.Expr[] = [];
  const called = new Set<ast.Expr>();
  for (const { node } of walk(value)) {
    if (options.some(({ start, end }) => start <= node.start && node.end <= end)) continue;
    if (node.type === "Call") {
      options.push(...node.keywords.map((keyword) => keyword.value));
      called.add(node.func);
    } else if (node.type === "Name" && (!modules.has(node.id) || called.has(node)))
      words.push({ start: node.start, text: node.id });
    else if (node.type === "Attribute") words.push({ start: node.attr.start, text: node.attr.name });
    else if (node.type === "Constant" && node.kind === "str")
      words.push({ start: node.start, text: String(node.value) });
  }
  const inOrder = words.sort((one, other) => one.start - other.start).map(({ text }) => text);
  const telling = [...new Set(inOrder)].filter((text) => text.length > 1);
  return slug((telling.length > 0 ? telling : inOrder).join(" "), "value");
}

/** A figure is named for its title, else for the call that draws it. */
export function figureName(imports: ImportTable, { cell }: SourcedStatement): string {
  const modules = new Set(imports.names.map(({ bound }) => bound));
  let drawn: string | undefined;
  for (const statement of cell.statements) {
    for (const call of statement.calls) {
      const title = call.node.args[0];
      const isTitle = /(^|\.)(set_|sup)?title$/.test(call.text);
      if (isTitle && title?.type === "Constant" && title.kind === "str" && title.value !== "")
        return slug(String(title.value), "figure");
      if (call.role !== "plot" || paper.test(call.text)) continue;
      const words = call.text.split(".").filter((word) => !modules.has(word));
      drawn ??= slug(words.join(" "), "figure");
    }
  }
  return drawn ?? "figure";
}
