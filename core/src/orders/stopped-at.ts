import type { Statement } from "../dataflow/model.ts";
import type { CodeCell } from "../notebook/model.ts";
import { hasLine, savedSources } from "./saved-sources.ts";

/**
 * The statement of a cell at which its saved error was raised, as an index: those before it ran, those behind it did not.
 * Undefined where no error is saved, or its traceback does not tell the line, or tells one that is no longer there.
 */
export function stoppedAt(cell: CodeCell, statements: readonly Statement[]): number | undefined {
  if (!cell.outputs.some(({ output_type: type }) => type === "error")) return undefined;
  const { line, quoted: [quoted = ""] = [] } =
    savedSources(cell).find(({ from, isCell }) => from === "traceback" && isCell) ?? {};
  if (line === undefined) return statements.length === 1 ? 0 : undefined;
  const at = statements.findIndex(({ range }) => range.end.line >= line);
  const isThere = at !== -1 && hasLine(cell.source.split("\n")[line - 1] ?? "", quoted);
  return isThere ? at : undefined;
}
