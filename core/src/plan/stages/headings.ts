import type { Notebook } from "../../notebook/model.ts";
import { fileName } from "../../text/file-name.ts";
import { isCodeAsText } from "./code-as-text.ts";

/** A heading of the notebook. */
export interface Heading {
  /** The cell that it stands in. */
  readonly cell: number;
  readonly level: number;
  readonly text: string;
}

const atx = /^ {0,3}(#{1,6})[ \t]+(.*)$/;
/** No heading is longer; what tells links and tags in it apart takes the square of the length. */
const longest = 1000;
const html = /^\s*<h([1-6])\b[^>]*>(.*?)<\/h\1>/i;

/** Every heading of the notebook's text cells, in order. */
export function headingsOf(notebook: Notebook): readonly Heading[] {
  return notebook.cells.flatMap(({ kind, source, index }) =>
    kind === "markdown" && !isCodeAsText(source) ? headingsIn(source, index) : [],
  );
}

function headingsIn(source: string, cell: number): Heading[] {
  const found: Heading[] = [];
  const lines = source.split("\n");
  let fence: string | undefined;
  for (const [number, line] of lines.entries()) {
    const mark = /^\s*(```|~~~)/.exec(line)?.[1];
    if (mark !== undefined && (fence === undefined || fence === mark)) fence = fence === undefined ? mark : undefined;
    if (fence !== undefined) continue;
    const match = html.exec(line.slice(0, longest));
    const marked = headingOfLine(line);
    const below = lines[number + 1];
    if (marked !== undefined) found.push({ cell, level: marked.level, text: plain(marked.text) });
    else if (match !== null) found.push({ cell, level: Number(match[1]), text: plain(match[2] ?? "") });
    else if (line.trim() !== "" && below !== undefined && /^ {0,3}(=+|-{3,})\s*$/.test(below) && number === 0) {
      found.push({ cell, level: below.includes("=") ? 1 : 2, text: plain(line.slice(0, longest)) });
    }
  }
  return found.filter(({ text }) => text !== "");
}

/** The heading that a line is with its number signs (`## Load`); its text as it is written, as far as anybody reads. */
export function headingOfLine(line: string): { readonly level: number; readonly text: string } | undefined {
  const match = atx.exec(line.slice(0, longest));
  return match === null ? undefined : { level: match[1]?.length ?? 1, text: withoutClosing(match[2] ?? "") };
}

/** Without the number signs that may close a heading. Not by a regular expression: it would try every run of blanks. */
function withoutClosing(heading: string): string {
  const text = heading.trim();
  let end = text.length;
  while (text[end - 1] === "#") end--;
  return end === text.length || !/\s/.test(text[end - 1] ?? " ") ? text : text.slice(0, end).trimEnd();
}

/** Without emphasis, links, tags and numbering. */
function plain(text: string): string {
  const words = text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]*>/g, "")
    .replace(/[*_`]{1,3}/g, (mark) => (mark.startsWith("_") ? mark : ""));
  return withoutNumber(words).trim();
}

/** `Clean` for `2. Clean`, `2.1 Clean`, `b) Clean`, `Step 2: Clean` and `2️⃣ Clean`. */
export function withoutNumber(heading: string): string {
  return heading
    .replace(/^(?:\d\uFE0F?\u20E3\s*)+(?=\S)/u, "")
    .replace(/^(?:step|part|section|phase)\s+(?:\d+|[ivx]+)\s*(?:[:.)]|[-–—](?=\s))\s*(?=\S)/i, "")
    .replace(/^(?:\(?(?:[\divxIVX]+|[a-zA-Z])[.):]+|\d+(?:\.\d+)*)\s+/, "");
}

/** Those that part the notebook: without its title, a heading of the first level that is the only one. */
export function sectionHeadings(headings: readonly Heading[]): readonly Heading[] {
  const top = headings.filter(({ level }) => level === 1);
  return top.length === 1 && headings.length > 1 ? headings.filter(({ level }) => level > 1) : headings;
}

/** The notebook's title: its first heading of the first level, else its file's name. */
export function titleOf(notebook: Notebook, headings: readonly Heading[]): string {
  const top = headings.find(({ level }) => level === 1)?.text;
  if (top !== undefined) return top;
  const stem = fileName(notebook.path)
    .replace(/\.ipynb$/i, "")
    .replace(/[-_]+/g, " ")
    .trim();
  return stem === "" ? "Notebook" : `${stem.charAt(0).toUpperCase()}${stem.slice(1)}`;
}
