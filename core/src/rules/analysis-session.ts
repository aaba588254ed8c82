import { IncrementalDataflow } from "../dataflow/incremental/incremental.ts";
import type { ParsedCell } from "../dataflow/model.ts";
import type { ReadProjectFile } from "../inclusion/inclusion.ts";
import { inclusionsOf, unfollowedIn } from "../inclusion/inclusion.ts";
import { OwnModules } from "../inclusion/own-modules.ts";
import { readCell } from "../inclusion/read-cell.ts";
import { withWrittenFiles } from "../inclusion/written-files.ts";
import { wordOfLine } from "../ipython/automagic.ts";
import type { Translation } from "../ipython/translation.ts";
import { type NotebookWords, noWords, wordsOf } from "../ipython/words.ts";
import type { CodeCell, Notebook } from "../notebook/model.ts";
import { recordedOrder } from "../orders/recorded-order.ts";
import type { Module, PythonParser, Stmt } from "../python/ast.ts";
import type { Analysis } from "./analysis.ts";

/**
 * The analysis of one notebook that is being edited: only cells whose text is new are read, and only those that depend
 * on what is different are run abstractly. Its answers are those of `analyseNotebook`, and good until the next.
 */
export class AnalysisSession {
  readonly #parser: PythonParser;
  readonly #document = new IncrementalDataflow();
  readonly #recorded = new IncrementalDataflow();
  #cells: readonly ParsedCell[] = [];
  #words: NotebookWords = noWords;
  #ownModules: OwnModules | undefined;

  constructor(parser: PythonParser) {
    this.#parser = parser;
  }

  /** The notebook as it is now. `readFile` reads the files that it runs. */
  analyse(notebook: Notebook, readFile?: ReadProjectFile): Analysis {
    const codeCells = notebook.cells.filter((cell) => cell.kind === "code");
    const read = readFile && withWrittenFiles(codeCells, readFile);
    this.#cells = this.#read(codeCells, read);
    if (read === undefined) this.#ownModules = undefined;
    else if (this.#ownModules?.isCurrent(read, this.#cells) !== true)
      this.#ownModules = new OwnModules(this.#parser, read, this.#cells);
    const world = { ownModules: this.#ownModules };
    const order = recordedOrder(notebook);
    return {
      notebook,
      document: this.#document.analyse(this.#cells, world),
      ...(order === undefined ? {} : { recorded: this.#recorded.analyse(this.#cells, { ...world, order }) }),
    };
  }

  /** Reads what was not read before. Each cell has a tree of its own, even where two have the same text. */
  #read(cells: readonly CodeCell[], readFile: ReadProjectFile | undefined): readonly ParsedCell[] {
    const inPlace = new Map(this.#cells.map((known) => [known.cell.index, known]));
    const isInPlace = ({ source, index }: CodeCell) => inPlace.get(index)?.translation.source === source;
    const taken = new Set(cells.filter(isInPlace).map(({ index }) => inPlace.get(index)));
    const moved = Map.groupBy(
      this.#cells.filter((known) => !taken.has(known)),
      ({ translation }) => translation.source,
    );
    const words = wordsOf(cells.map(({ source }) => source));
    const isReadOtherwise = ({ source }: CodeCell) => meansOther(source, this.#words, words);
    const known = cells.map((cell) => (isInPlace(cell) ? inPlace.get(cell.index) : moved.get(cell.source)?.shift()));
    const inUse = new Set(known);
    const cellsNow = cells.map((cell, at) => {
      const before = known[at];
      if (before === undefined || runsFiles(before) || isReadOtherwise(cell)) {
        const read = readCell(cell.source, cell.index, this.#parser, readFile, words);
        const edited = inPlace.get(cell.index);
        const isFree = edited === before || !inUse.has(edited);
        const module = withKnownStart(read.module, read.translation, isFree ? edited : undefined);
        return { ...read, cell, module };
      }
      const isMoved = before.translation.cell !== cell.index;
      const translation = isMoved ? { ...before.translation, cell: cell.index } : before.translation;
      return { ...before, cell, translation };
    });
    this.#words = words;
    return cellsNow;
  }
}

/** Whether a cell's text is translated otherwise than before, because of what other cells bind now. */
function meansOther(source: string, before: NotebookWords, now: NotebookWords): boolean {
  const word = wordOfLine(source);
  if (word !== undefined && now.magics.has(word) !== before.magics.has(word)) return true;
  return [...before.shells.symmetricDifference(now.shells)].some((shell) => source.includes(shell));
}

/** Whether a cell runs files: they may be others than they were, or be there now. */
function runsFiles({ translation }: ParsedCell): boolean {
  return inclusionsOf(translation).length > 0 || unfollowedIn(translation).length > 0;
}

/** The tree of an edited cell, with the trees of its first statements as far as they are the same as before. */
function withKnownStart(module: Module, { python }: Translation, before: ParsedCell | undefined): Module {
  if (before === undefined) return module;
  const known = before.module.body;
  let length = 0;
  while (length < known.length && isSameText(known[length], module.body[length])) length++;
  return { ...module, body: [...known.slice(0, length), ...module.body.slice(length)] };

  function isSameText(one: Stmt | undefined, other: Stmt | undefined): boolean {
    if (one === undefined || other === undefined || one.start !== other.start || one.end !== other.end) return false;
    return before?.translation.python.slice(one.start, one.end) === python.slice(other.start, other.end);
  }
}
