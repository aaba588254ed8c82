import { type Draft, type DraftCell, type DraftLine, draftLines } from "./draft.ts";
import { withMagics, withoutComment } from "./escaped-magic.ts";
import { readHeader } from "./header.ts";
import { isMarker, type Marker, readMarker } from "./marker.ts";
import { QuotedLines } from "./quoted-lines.ts";

/** Reads a script in jupytext's percent format: the cells that jupytext itself would make of it. */
export function readPercent(text: string): Draft {
  const lines = draftLines(text);
  let start = 0;
  if (lines[0]?.text.startsWith("#!")) start = 1;
  if (/^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+/.test(lines[start]?.text ?? "")) start += 1;
  const header = readHeader(lines.slice(start), (line) =>
    line.text.startsWith("#") ? withoutComment(line) : undefined,
  );
  const body = lines.slice(start + header.length);
  const cells = header.cell === undefined ? [] : [header.cell];
  const isJupytext = header.metadata.jupytext !== undefined;
  return {
    cells: [...cells, ...parts(body).flatMap((part) => cellOf(part, isJupytext))],
    metadata: header.metadata,
  };
}

/** The lines of each cell, its marker first where it has one. */
function parts(lines: readonly DraftLine[]): readonly (readonly DraftLine[])[] {
  const found: DraftLine[][] = [[]];
  let quoted = new QuotedLines();
  let fence: string | undefined;
  let kind: Marker["kind"] = "code";
  for (const line of lines) {
    if (!quoted.isQuoted && fence === undefined && isMarker(line.text)) {
      found.push([]);
      kind = readMarker(line.text).kind;
      quoted = new QuotedLines();
    }
    found.at(-1)?.push(line);
    // Text may quote a marker between fences.
    if (kind !== "code" && !quoted.isQuoted) fence = fenceAfter(fence, withoutComment(line).text);
    quoted.read(line.text);
  }
  return found.filter((part) => part.length > 0);
}

function fenceAfter(open: string | undefined, text: string): string | undefined {
  const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(text);
  if (mark === null) return open;
  const [, ticks = "", rest = ""] = mark;
  if (open === undefined) return ticks;
  return ticks[0] === open[0] && ticks.length >= open.length && rest.trim() === "" ? undefined : open;
}

function cellOf(part: readonly DraftLine[], isJupytext: boolean): DraftCell[] {
  const first = part[0] as DraftLine;
  const hasMarker = isMarker(first.text);
  const lines = withoutLastBlanks(part.slice(hasMarker ? 1 : 0));
  if (!hasMarker && lines.every(({ text }) => text.trim() === "")) return [];
  const { kind, metadata } = readMarker(first.text);
  if (kind !== "code") return [{ kind, metadata, lines: textOf(lines) }];
  const { language, magic_args: magic, active, ...rest } = metadata;
  if (typeof language === "string" && !/^i?python3?$/.test(language)) {
    // Code of another language: all of it stands in comments, below a cell magic of that name.
    const head = { text: `%%${language}${typeof magic === "string" ? ` ${magic}` : ""}`, line: first.line, shift: 0 };
    return [{ kind, metadata: rest, lines: [head, ...lines.map(withoutComment)] }];
  }
  if (typeof active === "string" && !active.split(",").includes("ipynb")) {
    return [{ kind: "raw", metadata: { active, ...rest }, lines }];
  }
  return [
    { kind, metadata: { ...(active === undefined ? {} : { active }), ...rest }, lines: withMagics(lines, isJupytext) },
  ];
}

/** Text stands in comments, or in a string of several lines. */
function textOf(lines: readonly DraftLine[]): readonly DraftLine[] {
  const open = /^(?:[rR]?)("""|''')/.exec(lines[0]?.text ?? "");
  const last = lines.at(-1);
  const quotes = open?.[1];
  if (open === null || quotes === undefined || last === undefined || !last.text.trimEnd().endsWith(quotes)) {
    return lines.map(withoutComment);
  }
  const length = open[0].length;
  const cut = lines.map((line, at) => (at === 0 ? { ...line, text: line.text.slice(length), shift: length } : line));
  const end = cut.at(-1) as DraftLine;
  cut[cut.length - 1] = { ...end, text: end.text.slice(0, end.text.lastIndexOf(quotes)) };
  return cut.filter(({ text }, at) => text !== "" || (at > 0 && at < cut.length - 1));
}

/** One empty line, or the two of PEP 8, part a cell from the next. */
function withoutLastBlanks(lines: readonly DraftLine[]): readonly DraftLine[] {
  const isEmpty = (at: number): boolean => lines.at(at)?.text === "";
  const count = isEmpty(-1) && isEmpty(-2) && !isEmpty(-3) ? 2 : isEmpty(-1) ? 1 : 0;
  return count === 0 ? lines : lines.slice(0, -count);
}
