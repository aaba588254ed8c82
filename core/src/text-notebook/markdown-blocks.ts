import type { DraftLine } from "./draft.ts";

/** A piece of a Markdown file: text, or what stands between two fences. */
export type Block =
  | { readonly kind: "text"; readonly lines: readonly DraftLine[] }
  | {
      readonly kind: "fence";
      /** What stands behind the opening fence: `{code-cell} ipython3`. */
      readonly info: string;
      readonly open: DraftLine;
      readonly lines: readonly DraftLine[];
      readonly close?: DraftLine;
    };

/** The blocks of a Markdown file; fences that `isCode` does not know are text, with all that stands between them. */
export function blocksOf(lines: readonly DraftLine[], isCode: (info: string) => boolean): readonly Block[] {
  const blocks: Block[] = [];
  let text: DraftLine[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] as DraftLine;
    const open = /^(`{3,}|~{3,})(.*)$/.exec(line.text);
    if (open === null) {
      text.push(line);
      at += 1;
      continue;
    }
    const [, ticks = "", info = ""] = open;
    let end = at + 1;
    while (end < lines.length && !closes((lines[end] as DraftLine).text, ticks)) end += 1;
    const close = lines[end];
    const inside = lines.slice(at + 1, end);
    if (isCode(info.trim())) {
      if (text.length > 0) blocks.push({ kind: "text", lines: text });
      text = [];
      blocks.push({ kind: "fence", info: info.trim(), open: line, lines: inside, ...(close && { close }) });
    } else text.push(line, ...inside, ...(close === undefined ? [] : [close]));
    at = end + 1;
  }
  if (text.length > 0) blocks.push({ kind: "text", lines: text });
  return blocks;
}

function closes(text: string, ticks: string): boolean {
  const trimmed = text.trim();
  return trimmed.length >= ticks.length && [...trimmed].every((character) => character === ticks[0]);
}
