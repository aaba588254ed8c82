import { parse } from "yaml";
import { type Draft, type DraftCell, type DraftLine, draftLines, trimBlankLines } from "./draft.ts";
import { readHeader } from "./header.ts";
import { blocksOf } from "./markdown-blocks.ts";

const directive = /^\{(code-cell|raw-cell)\}\s*(\S*)/;

/** Reads MyST Markdown with executable cells (https://mystmd.org/guide/notebooks-with-markdown), as jupytext does. */
export function readMyst(text: string): Draft {
  const lines = draftLines(text);
  const { metadata, values, length } = readHeader(lines, (line) => line);
  const kernel = values.kernelspec === undefined ? {} : { kernelspec: values.kernelspec };
  const cells = blocksOf(lines.slice(length), (info) => directive.test(info)).flatMap((block) =>
    block.kind === "text" ? textCells(block.lines) : [codeCell(block.info, block.lines)],
  );
  return { cells, metadata: { ...kernel, ...metadata } };
}

/** `+++ {"tags": ["x"]}` parts one text cell from the next. */
function textCells(lines: readonly DraftLine[]): DraftCell[] {
  const cells: { metadata: Readonly<Record<string, unknown>>; lines: DraftLine[]; isMarked: boolean }[] = [
    { metadata: {}, lines: [], isMarked: false },
  ];
  for (const line of lines) {
    const mark = /^\+\+\+(?:\s+(.*))?$/.exec(line.text);
    if (mark === null) cells.at(-1)?.lines.push(line);
    else cells.push({ metadata: options(mark[1] ?? ""), lines: [], isMarked: true });
  }
  return cells.flatMap(({ metadata, lines: own }) => {
    const kept = trimBlankLines(own);
    return kept.length === 0 ? [] : [{ kind: "markdown" as const, lines: kept, metadata }];
  });
}

function codeCell(info: string, lines: readonly DraftLine[]): DraftCell {
  const kind = directive.exec(info)?.[1] === "raw-cell" ? "raw" : "code";
  const { yaml, rest } = lines[0]?.text.trim() === "---" ? yamlBlock(lines) : colonLines(lines);
  // One blank line parts the options from the code.
  return { kind, metadata: options(yaml), lines: rest[0]?.text.trim() === "" ? rest.slice(1) : rest };
}

function yamlBlock(lines: readonly DraftLine[]): { readonly yaml: string; readonly rest: readonly DraftLine[] } {
  const end = lines.findIndex(({ text }, at) => at > 0 && text.trim() === "---");
  if (end === -1) return { yaml: "", rest: lines };
  return { yaml: textOf(lines.slice(1, end)), rest: lines.slice(end + 1) };
}

function colonLines(lines: readonly DraftLine[]): { readonly yaml: string; readonly rest: readonly DraftLine[] } {
  const end = lines.findIndex(({ text }) => !/^:[\w-]+:/.test(text));
  const count = end === -1 ? lines.length : end;
  const yaml = lines.slice(0, count).map(({ text }) => text.replace(/^:([\w-]+):/, "$1:"));
  return { yaml: yaml.join("\n"), rest: lines.slice(count) };
}

function textOf(lines: readonly DraftLine[]): string {
  return lines.map(({ text }) => text).join("\n");
}

function options(yaml: string): Readonly<Record<string, unknown>> {
  if (yaml.trim() === "") return {};
  try {
    const value: unknown = parse(yaml, { maxAliasCount: 100 });
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
