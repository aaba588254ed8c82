import { writeFileSync } from "node:fs";

export interface NewCell {
  readonly source: string;
  readonly kind?: "code" | "markdown";
  readonly count?: number | null;
  readonly outputs?: readonly object[];
  readonly tags?: readonly string[];
  readonly id?: string;
}

/** The text of an nbformat 4.5 notebook with these cells; a text alone is a code cell. */
export function notebookText(cells: readonly (string | NewCell)[], metadata: object = pythonMetadata): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata,
    cells: cells.map((given, at) => {
      const cell: NewCell = typeof given === "string" ? { source: given } : given;
      const common = {
        id: cell.id ?? `cell-${at}`,
        metadata: cell.tags ? { tags: cell.tags } : {},
        source: cell.source,
      };
      return cell.kind === "markdown"
        ? { cell_type: "markdown", ...common }
        : { cell_type: "code", ...common, execution_count: cell.count ?? null, outputs: cell.outputs ?? [] };
    }),
  });
}

export const pythonMetadata = {
  kernelspec: { name: "python3", display_name: "Python 3", language: "python" },
  language_info: { name: "python", version: "3.11.7" },
};

export function writeNotebookFile(path: string, cells: readonly (string | NewCell)[], metadata?: object): string {
  writeFileSync(path, notebookText(cells, metadata));
  return path;
}
