import { parse } from "yaml";
import { type Draft, type DraftCell, type DraftLine, draftLines, trimBlankLines } from "./draft.ts";
import { readHeader } from "./header.ts";
import { blocksOf } from "./markdown-blocks.ts";
import { unreadable } from "./unreadable.ts";

const chunk = /^\{([A-Za-z][\w+-]*)[^}]*\}$/;

/** Reads a Quarto document with Python cells (https://quarto.org/docs/reference/cells/cells-jupyter.html). */
export function readQuarto(text: string, path: string): Draft {
  const lines = draftLines(text);
  const { values, length } = readHeader(lines, (line) => line);
  const cells = blocksOf(lines.slice(length), (info) => chunk.test(info)).flatMap((block): DraftCell[] => {
    if (block.kind === "text") {
      const kept = trimBlankLines(block.lines);
      return kept.length === 0 ? [] : [{ kind: "markdown", lines: kept, metadata: {} }];
    }
    const language = chunk.exec(block.info)?.[1] ?? "";
    if (language !== "python") {
      throw unreadable(path, block.open.line, `The cell is in ${language}; Reprise reads Python cells.`);
    }
    return [codeCell(block.lines)];
  });
  return { cells, metadata: kernelOf(values.jupyter) };
}

function codeCell(lines: readonly DraftLine[]): DraftCell {
  const end = lines.findIndex(({ text }) => !text.startsWith("#|"));
  const head = lines.slice(0, end === -1 ? lines.length : end);
  const options = optionsOf(head);
  const { tags, label } = options;
  const metadata = {
    ...(Array.isArray(tags) ? { tags } : {}),
    ...(typeof label === "string" ? { label } : {}),
  };
  // Shown, never run.
  return { kind: options.eval === false ? "raw" : "code", lines, metadata };
}

function optionsOf(lines: readonly DraftLine[]): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parse(lines.map(({ text }) => text.replace(/^#\| ?/, "")).join("\n"), {
      maxAliasCount: 100,
    });
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function kernelOf(jupyter: unknown): Readonly<Record<string, unknown>> {
  if (typeof jupyter === "string") {
    return { kernelspec: { name: jupyter, display_name: jupyter, language: "python" } };
  }
  return typeof jupyter === "object" && jupyter !== null ? { ...jupyter } : {};
}
