import type { ParsedCell } from "../dataflow/analyse.ts";
import { IncrementalDataflow } from "../dataflow/incremental.ts";
import { translateCell } from "../ipython/translate.ts";
import type { CodeCell, Notebook } from "../notebook/model.ts";
import { recordedOrder } from "../orders/recorded-order.ts";
import type { PythonParser } from "../python/ast.ts";
import type { Analysis } from "./analysis.ts";

/**
 * The analysis of one notebook that is being edited: only cells whose text is new are read, and only the cells from the
 * edited one on are run abstractly, where `prepare` was called in between. Its answers are those of `analyseNotebook`.
 */
export class AnalysisSession {
  readonly #parser: PythonParser;
  readonly #document = new IncrementalDataflow();
  readonly #recorded = new IncrementalDataflow();
  #cells: readonly ParsedCell[] = [];
  #wasRecorded = false;

  constructor(parser: PythonParser) {
    this.#parser = parser;
  }

  /** The notebook as it is now. */
  analyse(notebook: Notebook): Analysis {
    const codeCells = notebook.cells.filter((cell) => cell.kind === "code");
    this.#cells = this.#read(codeCells);
    const order = recordedOrder(notebook);
    this.#wasRecorded = order !== undefined;
    return {
      notebook,
      document: this.#document.analyse(this.#cells),
      ...(order === undefined ? {} : { recorded: this.#recorded.analyse(this.#cells, { order }) }),
    };
  }

  /** Gets ready for another edit of the cell that was edited last. To be called when there is time. */
  prepare(): void {
    this.#document.prepare();
    if (this.#wasRecorded) this.#recorded.prepare();
  }

  /** Reads what was not read before. Each cell has a tree of its own, even where two have the same text. */
  #read(cells: readonly CodeCell[]): readonly ParsedCell[] {
    const known = Map.groupBy(this.#cells, ({ translation }) => translation.source);
    const taken = cells.map((cell) => known.get(cell.source)?.shift());
    return cells.map((cell, at) => {
      const before = taken[at];
      if (before === undefined) {
        const translation = translateCell(cell.source, cell.index);
        return { cell, translation, module: this.#parser.parse(translation.python) };
      }
      const isMoved = before.translation.cell !== cell.index;
      const translation = isMoved ? { ...before.translation, cell: cell.index } : before.translation;
      return { cell, translation, module: before.module };
    });
  }
}
