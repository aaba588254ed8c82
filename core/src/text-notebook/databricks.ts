import { cutLine, type Draft, type DraftCell, type DraftLine, draftLines, trimBlankLines } from "./draft.ts";

export const databricksHead = "# Databricks notebook source";

/** Commands that another language, or nothing but text, follows (https://docs.databricks.com/notebooks/notebooks-code.html). */
const languages: Readonly<Record<string, string>> = {
  sql: "%%sql",
  scala: "%%scala",
  r: "%%R",
  sh: "%%sh",
  fs: "%%fs",
};

/** Reads the source of a Databricks notebook, as its version control keeps it. */
export function readDatabricks(text: string): Draft {
  const parts: DraftLine[][] = [[]];
  for (const line of draftLines(text).slice(1)) {
    if (/^# COMMAND -{10}\s*$/.test(line.text)) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return { cells: parts.flatMap(cellOf), metadata: {} };
}

function cellOf(part: readonly DraftLine[]): DraftCell[] {
  const title = part.map(({ text }) => /^# DBTITLE \d+,(.*)$/.exec(text)?.[1]).find((found) => found !== undefined);
  const lines = trimBlankLines(part.filter(({ text }) => !text.startsWith("# DBTITLE ")).map(withoutMagicSign));
  if (lines.length === 0) return [];
  const metadata = title === undefined ? {} : { title };
  const [first, ...rest] = lines as readonly [DraftLine, ...DraftLine[]];
  const command = /^%([a-z]+)(-sandbox)?(?:\s+|$)/.exec(first.text);
  const [whole = "", name = ""] = command ?? [];
  const behind = cutLine(first, whole.length);
  const body = behind.text === "" ? rest : [behind, ...rest];
  if (name === "md") return [{ kind: "markdown", lines: body, metadata }];
  if (name === "python") return [{ kind: "code", lines: body, metadata }];
  const language = languages[name];
  if (language === undefined) return [{ kind: "code", lines, metadata }];
  return [{ kind: "code", lines: [{ text: language, line: first.line, shift: 0 }, ...body], metadata }];
}

function withoutMagicSign(line: DraftLine): DraftLine {
  const sign = /^# MAGIC ?/.exec(line.text);
  return sign === null ? line : cutLine(line, sign[0].length);
}
