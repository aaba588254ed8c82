import { readFileSync } from "node:fs";
import { loadGrammar } from "../../../core/src/host/assets.ts";
import type { Notebook } from "../../../core/src/notebook/model.ts";
import { createPythonParser } from "../../../core/src/python/parser.ts";
import { readNotebookFile } from "../../../core/src/text-notebook/read-file.ts";

const parser = createPythonParser(loadGrammar());

export async function readText(text: string, path: string): Promise<Notebook> {
  return readNotebookFile(text, path, await parser);
}

export async function readFile(path: string): Promise<Notebook> {
  return readText(readFileSync(path, "utf8"), path);
}

/** A cell as tools agree on it. */
export interface PlainCell {
  readonly kind: string;
  readonly source: string;
  readonly tags: readonly string[];
}

export function plainCells(notebook: Notebook): readonly PlainCell[] {
  return notebook.cells.map(({ kind, source, tags }) => ({ kind, source, tags }));
}

/** The lines of cells that do not stand in the file where the notebook says, but for the heads of cell magics. */
export function misplacedLines({ cells, origin }: Notebook): readonly string[] {
  const file = origin?.text.replace(/^\ufeff/, "").split(/\r\n?|\n/) ?? [];
  return cells.flatMap((cell) => {
    const lines = cell.source.split("\n");
    const places = origin?.lines[cell.index] ?? [];
    return lines.flatMap((line, at) => {
      const place = places[at];
      if (place === undefined) return line === "" ? [] : [`cell ${cell.index}, line ${at + 1} has no place`];
      const own = file[place.line - 1]?.slice(place.shift) ?? "";
      const isHead = at === 0 && line.startsWith("%%");
      // An indented magic keeps its indentation, which stands before the comment sign.
      return own.includes(line) || isHead || own.includes(line.trim()) || line.trim() === ""
        ? []
        : [`cell ${cell.index}, line ${at + 1}: ${JSON.stringify(line)} is not at line ${place.line}: ${own}`];
    });
  });
}
