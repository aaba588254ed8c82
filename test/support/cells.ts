import type { ParsedCell } from "../../core/src/dataflow/model.ts";
import { loadGrammar } from "../../core/src/host/assets.ts";
import { readCell } from "../../core/src/inclusion/read-cell.ts";
import type { CodeCell } from "../../core/src/notebook/model.ts";
import { createPythonParser } from "../../core/src/python/parser.ts";

export interface CellText {
  readonly source: string;
  readonly outputs?: CodeCell["outputs"];
}

/** Cells as the analysis reads them, from their texts. */
export async function parseCells(texts: readonly (string | CellText)[]): Promise<ParsedCell[]> {
  const parser = await createPythonParser(loadGrammar());
  return texts.map((given, index) => {
    const { source, outputs = [] }: CellText = typeof given === "string" ? { source: given } : given;
    const cell: CodeCell = { kind: "code", index, source, tags: [], metadata: {}, executionCount: null, outputs };
    return { cell, ...readCell(source, index, parser) };
  });
}
