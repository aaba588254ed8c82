import type * as ast from "../python/ast.ts";
import { cutLine, type DraftLine, trimBlankLines } from "./draft.ts";

/**
 * The text of a cell that is nothing but `mo.md("""...""")`, whose `lines` are given; nothing for one that computes: an
 * f-string, escapes, or more than that call.
 */
export function markdownOf(
  { body }: ast.FunctionDef,
  lines: readonly DraftLine[],
  file: string,
): readonly DraftLine[] | undefined {
  const [only, ...rest] = body;
  if (rest.some(({ type }) => type !== "Return") || only?.type !== "Expr" || only.value.type !== "Call")
    return undefined;
  const { func, args, keywords } = only.value;
  const [text] = args;
  const isMd = func.type === "Attribute" && func.attr.name === "md" && func.value.type === "Name";
  if (!isMd || func.value.id !== "mo" || keywords.length > 0 || args.length !== 1) return undefined;
  if (text?.type !== "Constant" || typeof text.value !== "string") return undefined;
  const piece = file.slice(text.start, text.end);
  const opening = /^([rR]?)("""|'''|["'])/.exec(piece);
  const before = lines[0]?.text.indexOf(piece.slice(0, opening?.[0].length)) ?? -1;
  if (opening === null || before < 0 || (opening[1] === "" && piece.includes("\\"))) return undefined;
  const quotes = opening[2] as string;
  const cut = lines.map((line, at) => (at === 0 ? cutLine(line, before + opening[0].length) : line));
  const last = cut.at(-1) as DraftLine;
  const end = last.text.lastIndexOf(quotes);
  // Something stands behind the call, such as a comment.
  if (end < 0 || !/^,?\);?$/.test(last.text.slice(end + quotes.length).replaceAll(/\s/g, ""))) return undefined;
  cut[cut.length - 1] = { ...last, text: last.text.slice(0, end) };
  return trimBlankLines(cut);
}
