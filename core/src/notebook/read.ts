import type * as nbformat from "@jupyterlab/nbformat";
import { ProblemError } from "../problem/problem.ts";
import { LineIndex } from "../text/position.ts";
import { type JsonPath, locate, skipMark } from "./json-text.ts";
import { languageOf } from "./language.ts";
import { joinLines } from "./lines.ts";
import type { Cell, Notebook } from "./model.ts";
import { parseNotebookJson } from "./parse.ts";
import { type Notebook3, upgradeFrom3 } from "./upgrade.ts";
import { structureFault } from "./validate.ts";

/**
 * Reads a notebook file of nbformat 3 to 4.5 (a later 4.x is read as 4.5).
 *
 * `path` is for messages. What real files lack and nbformat wants is filled in: outputs, counts, metadata. An id that
 * is there twice stays with its first cell. Throws ProblemError: RP102 not JSON, RP103 not a notebook, RP104 another
 * version of the format; each with line and column.
 */
export function readNotebook(text: string, path: string): Notebook {
  const parsed = parseNotebookJson(text, path);
  const format = formatOf(parsed, text, path);
  const fault = structureFault(parsed, format.major === 3 ? 3 : 4);
  if (fault !== undefined) {
    throw notANotebook(text, path, fault.path, `${pathText(fault.path)} ${fault.message}.`);
  }
  const content =
    format.major === 3 ? upgradeFrom3(parsed as Notebook3) : (parsed as Partial<nbformat.INotebookContent>);
  const metadata = content.metadata ?? {};
  const ids = new Set<string>();
  const cells = (content.cells ?? []).map((cell, index) => readCell(cell, index, ids));
  return { path, format, ...languageOf(metadata), metadata, cells, text };
}

function readCell(raw: nbformat.ICell, index: number, ids: Set<string>): Cell {
  const metadata = (raw.metadata ?? {}) as Readonly<Record<string, unknown>>;
  const base = {
    index,
    ...(typeof raw.id === "string" && !ids.has(raw.id) ? { id: raw.id } : {}),
    source: (joinLines(raw.source) ?? "").replace(/\r\n?/g, "\n"),
    tags: Array.isArray(metadata.tags) ? metadata.tags.filter((tag): tag is string => typeof tag === "string") : [],
    metadata,
  };
  if (base.id !== undefined) ids.add(base.id);
  if (raw.cell_type !== "code") return { kind: raw.cell_type === "raw" ? "raw" : "markdown", ...base };
  const { execution_count: count, outputs } = raw as Partial<nbformat.ICodeCell>;
  // Kernels count from 1: Colab writes 0 for what did not run in the session that it saved.
  return { kind: "code", ...base, executionCount: count || null, outputs: outputs ?? [] };
}

function formatOf(parsed: unknown, text: string, path: string): Notebook["format"] {
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw notANotebook(text, path, [], "It holds no JSON object.");
  }
  const { nbformat: major, nbformat_minor: minor, cells, worksheets } = parsed as Record<string, unknown>;
  if (typeof major !== "number") {
    if (cells === undefined && worksheets === undefined) {
      throw notANotebook(text, path, [], "It has neither cells nor a format version (nbformat).");
    }
    throw notANotebook(text, path, ["nbformat"], "Its format version (nbformat) is missing or is no number.");
  }
  if (major !== 3 && major !== 4) {
    throw new ProblemError({
      id: "RP104",
      message: `This is nbformat ${major}; Reprise reads versions 3 and 4.`,
      place: placeOf(text, path, ["nbformat"]),
      mend:
        major < 3
          ? "Convert it first, for instance with: jupyter nbconvert --to notebook --nbformat 4 FILE"
          : "Save it as nbformat 4 with the tool that wrote it, or update Reprise.",
    });
  }
  if (major === 4 && cells === undefined) throw notANotebook(text, path, [], "It has no list of cells.");
  if (major === 3 && worksheets === undefined)
    throw notANotebook(text, path, [], "It has no worksheets, which hold the cells in nbformat 3.");
  return { major, minor: typeof minor === "number" ? minor : 0 };
}

function notANotebook(text: string, path: string, at: JsonPath, why: string): ProblemError {
  return new ProblemError({
    id: "RP103",
    message: `This is not a notebook that can be read. ${why}`,
    place: placeOf(text, path, at),
    mend: "Name a Jupyter notebook (.ipynb). If it was edited by hand or by a tool, restore it from version control or save it again from Jupyter.",
  });
}

/** Line and column of a value, and the index of the cell that it stands in. */
function placeOf(text: string, file: string, path: JsonPath) {
  const cell = path[path.lastIndexOf("cells") + 1];
  const { start } = locate(text, path);
  return {
    file,
    ...(path.includes("cells") && typeof cell === "number" ? { cell } : {}),
    ...new LineIndex(text).position(Math.max(start, skipMark(text))),
  };
}

function pathText(path: JsonPath): string {
  return path.length === 0
    ? "The notebook"
    : path
        .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
        .join("")
        .slice(1);
}
