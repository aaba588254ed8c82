import type { Notebook, TextFormat } from "../notebook/model.ts";
import { readNotebook } from "../notebook/read.ts";
import { ProblemError } from "../problem/problem.ts";
import type { PythonParser } from "../python/ast.ts";
import { databricksHead, readDatabricks } from "./databricks.ts";
import { type Draft, notebookOf } from "./draft.ts";
import { readMarimo } from "./marimo.ts";
import { isMarker } from "./marker.ts";
import { readMyst } from "./myst.ts";
import { readPercent } from "./percent.ts";
import { readQuarto } from "./quarto.ts";

/** Each format: how its files are recognised, and who reads them. The first that fits. */
const formats: readonly {
  readonly format: TextFormat;
  readonly ending: RegExp;
  readonly sign: RegExp | ((text: string) => boolean);
  read(text: string, path: string, parser: PythonParser): Draft;
}[] = [
  { format: "marimo", ending: /\.py$/i, sign: /^\w+ = (?:marimo|mo)\.App\(/m, read: readMarimo },
  {
    format: "databricks",
    ending: /\.py$/i,
    sign: (text) => text.replace(/^\ufeff/, "").startsWith(databricksHead),
    read: readDatabricks,
  },
  { format: "percent", ending: /\.py$/i, sign: (text) => text.split(/\r\n?|\n/).some(isMarker), read: readPercent },
  { format: "quarto", ending: /\.qmd$/i, sign: /^`{3,}\s*\{python[^}\n]*\}/m, read: readQuarto },
  { format: "myst", ending: /\.(?:md|markdown|myst)$/i, sign: /^(?:`{3,}|~{3,})\s*\{code-cell\}/m, read: readMyst },
];

/** What files hold that are neither, and what to do about it. */
const others: readonly { readonly ending: RegExp; readonly message: string; readonly mend: string }[] = [
  {
    ending: /\.py$/i,
    message: "The script has no cells: neither lines `# %%`, nor cells of marimo, nor those of Databricks.",
    mend: "Put a line `# %%` before each cell, or make a notebook of it: jupytext --to ipynb FILE",
  },
  {
    ending: /\.(?:md|markdown|myst)$/i,
    message: "The Markdown file has no cells of MyST (```{code-cell}).",
    mend: "Write it as MyST (jupytext --to md:myst FILE), or make a notebook of it: jupytext --to ipynb FILE",
  },
  {
    ending: /\.(?:qmd|rmd)$/i,
    message: "The document has no Python cells (```{python}).",
    mend: "Name a Quarto document with Python cells, or a notebook (.ipynb).",
  },
];

/**
 * Reads a notebook, whatever it is kept in: an .ipynb, a script in jupytext's percent format, a marimo notebook, the
 * source of a Databricks notebook, MyST Markdown or a Quarto document. `path` decides by its ending, and is for
 * messages; a text whose path says nothing (`-`) is recognised by what stands in it.
 * Throws ProblemError: RP102 to RP104 for an .ipynb, RP107 for a text that is none of these, or holds what cannot be taken over.
 */
export function readNotebookFile(text: string, path: string, parser: PythonParser): Notebook {
  const known = [...formats, ...others].filter(({ ending }) => ending.test(path));
  const looksLikeJson = /^\ufeff?\s*[{[]/.test(text);
  const isText = known.length > 0 || (!/\.ipynb$/i.test(path) && !looksLikeJson);
  if (!isText) return readNotebook(text, path);
  const found = formats.find(
    ({ ending, sign }) =>
      (known.length === 0 || ending.test(path)) && (sign instanceof RegExp ? sign.test(text) : sign(text)),
  );
  if (found !== undefined) return notebookOf(found.read(text, path, parser), found.format, text, path);
  const why = others.find(({ ending }) => ending.test(path));
  if (why === undefined) return readNotebook(text, path);
  throw new ProblemError({ id: "RP107", message: why.message, place: { file: path }, mend: why.mend });
}
