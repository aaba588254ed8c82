import type { SavedCell } from "./sessions.ts";

/** The .ipynb text of what stood in the notebook when it was saved. */
export function savedNotebook(cells: readonly SavedCell[]): string {
  return `${JSON.stringify(
    {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {
        kernelspec: { name: "python3", display_name: "Python 3 (ipykernel)", language: "python" },
        language_info: { name: "python", file_extension: ".py", mimetype: "text/x-python", version: "3.11.0" },
      },
      cells: cells.map(({ id, kind, source, count, outputs = [], times }) =>
        kind === "markdown"
          ? { id, cell_type: "markdown", metadata: {}, source }
          : {
              id,
              cell_type: "code",
              metadata: times === undefined ? {} : { execution: times },
              execution_count: count ?? null,
              outputs,
              source,
            },
      ),
    },
    null,
    1,
  )}\n`;
}
