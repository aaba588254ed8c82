import { parametersTag } from "../../notebook/cell-tags.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { type CellText, inText } from "../clue.ts";
import { codeCell } from "../record.ts";
import { rule, sourceRange } from "../rule.ts";

/** Places that only one person's machine, or one service, has. */
const places: readonly { readonly path: RegExp; readonly what: string }[] = [
  { path: /^\/kaggle\//, what: "only notebooks on Kaggle have that folder" },
  // `drive.mount("/content/drive")` says where Drive shall appear; what is read below it is the finding.
  { path: /^\/content\/(?!drive\/?$)./, what: "only notebooks on Colab have that folder" },
  { path: /^\/dbfs\//, what: "only Databricks has that folder" },
  { path: /^\/home\/[\w.-]+\/./, what: "it is the home of one user" },
  { path: /^\/Users\/[\w.-]+\/./, what: "it is the home of one user" },
  { path: /^\/root\/./, what: "it is the home of one user" },
  { path: /^~[\w.-]*\/./, what: "it is the home of whoever runs it" },
  { path: /^\/(?:mnt|media|Volumes|scratch|gpfs|lustre)\/./, what: "it is on a drive of one machine" },
  { path: /^[A-Za-z]:[\\/][^\s\\/]/, what: "it is on a drive of one Windows machine" },
  { path: /^\\\\[\w.-]+\\[\w$.-]+/, what: "it is on a share of one network" },
];

/** Absolute, but there on every machine. */
const everywhere = /^\/(?:dev|proc|sys|tmp)\//;

export const absolutePath = rule("NB301", function* ({ notebook, document }) {
  const told = new Set<string>();
  const opened = new Set(
    document.files.flatMap(({ path }) => (path?.startsWith("/") && !everywhere.test(path) ? path : [])),
  );
  for (const { cell, node, path, place } of paths(document)) {
    // There whoever runs the notebook can set it.
    if (codeCell(notebook, cell.translation.cell)?.tags.includes(parametersTag) === true) continue;
    const what = place ?? (opened.has(path) ? "other machines do not have it" : undefined);
    if (what === undefined || told.has(path)) continue;
    told.add(path);
    yield {
      tier: "hint",
      severity: "warning",
      cell: cell.translation.cell,
      range: sourceRange(cell, node),
      subject: path,
      message:
        `The path \`${path}\` is absolute, and ${what}: elsewhere the notebook does not find it, or finds something else. ` +
        "Put the file below the notebook's folder and name it from there (data/...), or make the folder a parameter.",
      predicts: `FileNotFoundError: [Errno 2] No such file or directory: '${path}'`,
    };
  }
});

/** Absolute paths, with what has such a place where only one machine or service has it. */
const paths = inText((cell) =>
  [...textsOf(cell)].flatMap((text) => {
    const place = places.find(({ path }) => path.test(text.path))?.what;
    return place !== undefined || text.path.startsWith("/") ? [{ ...text, cell, place }] : [];
  }),
);

/** Texts of a cell that could be paths; documentation strings and what decorators are given (routes) are none. */
function* textsOf(cell: CellText): Generator<{ node: ast.Constant; path: string }> {
  const left = new Set<object>();
  for (const { node } of walk(cell.module)) {
    if (node.type === "Expr" && node.value.type === "Constant") left.add(node.value);
    if ("decorator_list" in node) {
      for (const decorator of node.decorator_list) for (const { node: inner } of walk(decorator)) left.add(inner);
    }
    if (node.type !== "Constant" || node.kind !== "str" || left.has(node)) continue;
    const path = String(node.value);
    if (path.length > 2 && path.length < 500 && !/[\n\r*?<>|{}^]|\(\?|:\/\//.test(path.replace(/^[A-Za-z]:/, "")))
      yield { node, path };
  }
}
