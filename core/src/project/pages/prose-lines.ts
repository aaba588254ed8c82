import { isCodeAsText } from "../../plan/stages/code-as-text.ts";
import { headingOfLine, withoutNumber } from "../../plan/stages/headings.ts";

/** Text of a Markdown cell, cleaned: what a comment or a docstring can say of it, a paragraph or list item each. */
export interface ProseBlock {
  readonly kind: "heading" | "text" | "code";
  /** Lines that stay apart. */
  readonly lines: readonly string[];
}

/** More than this of one cell is no remark but a document: it stays in the notebook. */
const mostLines = 40;

/** A longer line is no sentence (a picture in the text, data); a longer text is no remark. */
const longestLine = 4000;
const longestText = 20_000;

const item = /^\s*(?:[-*+]|\d+[.)])\s+/;

/** What begins the lines of a quotation; three of them are a prompt of Python. */
const quotation = /^(?:\s{0,3}>(?!>>) ?)+/;

/** A link by its words, in which one pair of brackets may stand, and where it leads. */
const link = /\[((?:[^[\]]|\[[^[\]]*\])*)\]\((?!attachment:)([^)\s]*)[^)]*\)/g;

/** A link, in Markdown or HTML, to a place of the page that it stands on. */
const jump = /\[(?:[^[\]]|\[[^[\]]*\])*\]\(#[^)]*\)|<a\s[^>]*href=["']#[^>]*>.*?<\/a>/gi;

/**
 * The paragraphs, list items, headings and code of a Markdown text. Pictures, tags, comments and rules are left out, and
 * what only leads to other places of the notebook, tables of contents above all; of links and emphasis the words are kept.
 */
export function proseBlocks(source: string): readonly ProseBlock[] {
  if (isCodeAsText(source)) return [{ kind: "code", lines: codeLines(source) }];
  const blocks: ProseBlock[] = [];
  let paragraph: string[] = [];
  let fenced: string[] | undefined;
  let isQuoted = false;
  let hasContents = false;
  const end = () => {
    const written = paragraph.join(" ");
    const leadsOnly = onlyLeads(written);
    const text = leadsOnly ? "" : plain(written);
    if (text !== "") blocks.push({ kind: "text", lines: [text] });
    hasContents = (hasContents && text === "") || (leadsOnly && item.test(written));
    paragraph = [];
  };
  /** Ends a section: where all of it led elsewhere, its heading goes too. */
  const endSection = () => {
    if (hasContents && blocks.at(-1)?.kind === "heading") blocks.pop();
    hasContents = false;
  };
  const lines = source.split("\n").filter((line) => line.length <= longestLine);
  for (const whole of lines
    .join("\n")
    .slice(0, longestText)
    .replace(/<!--[\s\S]*?-->/g, "")
    .split("\n")
    .slice(0, mostLines)) {
    const line: string = fenced === undefined || isQuoted ? whole.replace(quotation, "") : whole;
    if (/^\s*(```|~~~)/.test(line)) {
      isQuoted = line !== whole;
      if (fenced === undefined) end();
      else blocks.push({ kind: "code", lines: fenced });
      fenced = fenced === undefined ? [] : undefined;
      continue;
    }
    if (fenced !== undefined) {
      fenced.push(line.trimEnd());
      continue;
    }
    const title = headingOfLine(line)?.text;
    if (title !== undefined || line.trim() === "" || /^\s*([-*_=]\s*){3,}$/.test(line)) {
      end();
      const text = withoutNumber(plain((title ?? "").replaceAll("`", "")));
      if (title !== undefined) endSection();
      if (text !== "") blocks.push({ kind: "heading", lines: [text] });
      continue;
    }
    if (item.test(line) || line.trimStart().startsWith("|")) end();
    paragraph.push(line.trim());
    if (line.trimStart().startsWith("|")) end();
  }
  end();
  endSection();
  return blocks;
}

/** True for a paragraph or list item in which nothing but links to other places of the notebook stands. */
function onlyLeads(written: string): boolean {
  const rest = written.replace(item, "").replace(jump, "");
  return rest.length < written.replace(item, "").length && !/[\p{L}\p{N}]/u.test(rest.replace(/<[^>]*>/g, ""));
}

/** Code that was made text, as far as a remark may be long. */
function codeLines(source: string): readonly string[] {
  const lines = source
    .slice(0, longestText)
    .replace(/^\s*\n/, "")
    .trimEnd()
    .split("\n", mostLines);
  const indent = /^ */.exec(lines[0] ?? "")?.[0] ?? "";
  return lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line).trimEnd());
}

function plain(text: string): string {
  return text
    .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replace(link, (_whole, words: string, to: string) =>
      words === to || to.startsWith("#") ? words : `${words} (${to})`,
    )
    .replace(/<\/?[a-z][^>]*>/gi, "")
    .replace(/(\*\*|__)(?=\S)(.*?\S)\1/g, "$2")
    .replace(/(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?![\w*])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** The blocks as lines of at most so many characters; a blank one between what is no list. */
export function wrapped(blocks: readonly ProseBlock[], width: number): readonly string[] {
  const lines: string[] = [];
  let before: ProseBlock | undefined;
  for (const block of blocks) {
    const areItems = [before, block].every(
      (each) => each?.kind === "text" && /^([-*+|]|\d+[.)])/.test(each.lines[0] ?? ""),
    );
    if (before !== undefined && !areItems) lines.push("");
    lines.push(
      ...(block.kind === "code"
        ? block.lines.map((line) => `    ${line}`.trimEnd())
        : block.lines.flatMap((line) => wrap(line, width))),
    );
    before = block;
  }
  return lines;
}

function wrap(text: string, width: number): readonly string[] {
  const hang = " ".repeat(item.exec(text)?.[0].length ?? 0);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line.trim() !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = hang + word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
