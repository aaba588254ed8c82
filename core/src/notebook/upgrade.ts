import type * as nbformat from "@jupyterlab/nbformat";
import { joinLines } from "./lines.ts";

/**
 * nbformat 3 as nbformat 4: worksheets become one list of cells, headings Markdown, `pyout` and `pyerr` results and errors.
 * As nbformat's own `v4/convert.py`; only the cells get no ids, since the file has none.
 * `parsed` has passed validation against the schema of version 3.
 */
export function upgradeFrom3(parsed: Notebook3): nbformat.INotebookContent {
  const { name: _name, signature: _signature, ...metadata } = parsed.metadata ?? {};
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: metadata as nbformat.INotebookMetadata,
    cells: (parsed.worksheets ?? []).flatMap((worksheet) => (worksheet.cells ?? []).map(upgradeCell)),
  };
}

export interface Notebook3 {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly worksheets?: readonly { readonly cells?: readonly Cell3[] }[];
}

interface Cell3 {
  readonly cell_type: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly source?: nbformat.MultilineString;
  readonly input?: nbformat.MultilineString;
  readonly level?: number;
  readonly collapsed?: boolean;
  readonly prompt_number?: number | null;
  readonly outputs?: readonly Output3[];
}

interface Output3 {
  readonly output_type: string;
  readonly [key: string]: unknown;
}

/** The short names that version 3 had for types of data. */
const mimeTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    text: "text/plain",
    html: "text/html",
    svg: "image/svg+xml",
    png: "image/png",
    jpeg: "image/jpeg",
    latex: "text/latex",
    json: "application/json",
    javascript: "application/javascript",
    pdf: "application/pdf",
  }),
);

function upgradeCell(cell: Cell3): nbformat.ICell {
  const metadata = { ...cell.metadata };
  if (cell.cell_type === "code") {
    if (cell.collapsed !== undefined) metadata.collapsed = cell.collapsed;
    return {
      cell_type: "code",
      metadata,
      source: cell.input ?? "",
      execution_count: cell.prompt_number ?? null,
      outputs: (cell.outputs ?? []).map(upgradeOutput),
    } as nbformat.ICodeCell;
  }
  const source = joinLines(cell.source) ?? "";
  if (cell.cell_type === "heading") {
    const hashes = "#".repeat(Math.min(cell.level ?? 1, 6));
    return {
      cell_type: "markdown",
      metadata,
      source: `${hashes} ${source.split(/\r?\n/).join(" ")}`,
    } as nbformat.ICell;
  }
  return { cell_type: cell.cell_type === "raw" ? "raw" : "markdown", metadata, source } as nbformat.ICell;
}

function upgradeOutput(output: Output3): nbformat.IOutput {
  const { output_type: type, metadata, prompt_number: count, stream, ...rest } = output;
  if (type === "stream") return { output_type: "stream", name: stream ?? "stdout", ...rest } as nbformat.IOutput;
  if (type === "pyerr") return { output_type: "error", ...rest } as nbformat.IOutput;
  const data = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [mimeTypes.get(key) ?? key, upgradeData(key, value)]),
  );
  const upgraded = { output_type: type === "pyout" ? "execute_result" : type, metadata: metadata ?? {}, data };
  return (type === "pyout" ? { ...upgraded, execution_count: count ?? null } : upgraded) as nbformat.IOutput;
}

/** In version 3 JSON stood as text. */
function upgradeData(key: string, value: unknown): unknown {
  const text = key === "json" ? joinLines(value) : undefined;
  if (text === undefined) return value;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
