import { EffectCatalog, type LibraryVersions } from "../effects/catalog.ts";
import type { Translation } from "../ipython/translation.ts";
import type { CodeCell } from "../notebook/model.ts";
import type * as ast from "../python/ast.ts";
import { followCommands } from "./commands.ts";
import { finishDefinitions } from "./definitions.ts";
import { execute } from "./execute.ts";
import { heldAt } from "./held-objects.ts";
import { Interpreter } from "./interpreter.ts";
import type { AnalysedCell, Dataflow, Statement, StatementId } from "./model.ts";
import { type AnalysisState, sharingAt, valueAt, valuesAt } from "./state.ts";
import { followUncalled } from "./uncalled.ts";
import { viewsAt } from "./views.ts";

/** A code cell, translated and parsed. */
export interface ParsedCell {
  readonly cell: CodeCell;
  readonly translation: Translation;
  readonly module: ast.Module;
}

export interface DataflowOptions {
  /** Indices of cells (`CodeCell.index`), in the order they run, each at most once; the order given where absent. */
  readonly order?: readonly number[];
  /** Versions of libraries by import name, where effects depend on them. Worst cases are assumed where not known. */
  readonly versions?: LibraryVersions;
}

/**
 * Runs the cells abstractly in an order: who reads what from where. Never executes code, never throws for whatever the
 * cells hold. Throws RangeError where `order` names a cell that is not there.
 */
export function analyseDataflow(cells: readonly ParsedCell[], options: DataflowOptions = {}): Dataflow {
  const run = new DataflowRun(options.versions);
  run.words = () => wordsIn(cells);
  for (const cell of inOrder(cells, options.order)) run.run(cell);
  return run.finish(cells);
}

/** The cells in the order in which they run. Throws RangeError for an index that none has. */
export function inOrder(cells: readonly ParsedCell[], order: readonly number[] | undefined): readonly ParsedCell[] {
  if (order === undefined) return cells;
  const byIndex = new Map(cells.map((cell) => [cell.cell.index, cell]));
  return order.map((index) => {
    const cell = byIndex.get(index);
    if (cell === undefined) throw new RangeError(`there is no code cell ${index} to put in order`);
    return cell;
  });
}

/** Every word of the cells' code. */
export function wordsIn(cells: readonly ParsedCell[]): ReadonlySet<string> {
  return new Set(cells.flatMap(({ translation }) => translation.python.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
}

/** One abstract run, cell by cell; it can wait before any cell for what the next one will be. */
export class DataflowRun {
  /** Every word of the whole notebook; asked only where code is put together from texts. */
  words: () => ReadonlySet<string> = () => new Set();
  /** The words that were told, where they were asked for: what ran so far is true for these only. */
  told: ReadonlySet<string> | undefined;
  /** The cells that ran, in order. */
  readonly ran: ParsedCell[] = [];
  readonly #run: Interpreter;

  constructor(versions: LibraryVersions | undefined) {
    this.#run = new Interpreter(new EffectCatalog(versions), () => {
      this.told = this.words();
      return this.told;
    });
  }

  run(cell: ParsedCell): void {
    const analysed: AnalysedCell = { ...cell, statements: [] };
    cell.module.body.forEach((node, ordinal) => {
      runStatement(this.#run, analysed, node, ordinal);
    });
    this.ran.push(cell);
  }

  /** What the run has found. `cells` are those of the notebook as it is now, in document order. Nothing runs after it. */
  finish(cells: readonly ParsedCell[]): Dataflow {
    followUncalled(this.#run);
    const statements = this.#run.recorder.statements();
    const statementsOf = Map.groupBy(statements, ({ cell }) => cell);
    const analysed = cells.map((cell) => ({ ...cell, statements: statementsOf.get(cell.cell.index) ?? [] }));
    const order = this.ran.map(({ cell }) => cell.index);
    return new FinishedDataflow(this.#run, order, analysed, statements);
  }
}

function runStatement(run: Interpreter, cell: AnalysedCell, node: ast.Stmt, ordinal: number): void {
  const position = run.recorder.drafts.length;
  run.recorder.begin(cell, `${cell.cell.index}.${ordinal}`, ordinal, node);
  run.beginStatement(position);
  execute(run, node);
  followCommands(run, cell, node);
  for (const name of run.touched) {
    const binding = run.module.layer.own.get(name);
    if (binding === undefined) continue;
    const states = run.history.get(name);
    if (states === undefined) run.history.set(name, [{ position, binding }]);
    else states.push({ position, binding });
  }
  run.recorder.finish((name) => {
    const binding = run.module.layer.get(name);
    return binding?.certain === true && binding.definers.every((definer) => definer === position);
  });
}

class FinishedDataflow implements Dataflow {
  readonly order: readonly number[];
  readonly cells: readonly AnalysedCell[];
  readonly statements: readonly Statement[];
  readonly edges;
  readonly definitions;
  readonly files;
  readonly randomness;
  readonly #state: AnalysisState;

  constructor(
    run: Interpreter,
    order: readonly number[],
    cells: readonly AnalysedCell[],
    statements: readonly Statement[],
  ) {
    this.order = order;
    this.cells = cells;
    this.statements = statements;
    this.edges = run.recorder.edges();
    this.definitions = finishDefinitions(run.definitions.values());
    this.files = run.recorder.files;
    this.randomness = run.recorder.randomness;
    this.#state = {
      history: run.history,
      drafts: run.recorder.drafts,
      positions: new Map(run.recorder.drafts.map(({ id }, position) => [id, position])),
    };
  }

  valuesAfter(id: StatementId) {
    return valuesAt(this.#state, this.#position(id));
  }

  valueAfter(id: StatementId, name: string) {
    return valueAt(this.#state, this.#position(id), name);
  }

  sharingAfter(id: StatementId) {
    return sharingAt(this.#state, this.#position(id));
  }

  viewsAfter(id: StatementId) {
    return viewsAt(this.#state, this.#position(id));
  }

  heldAfter(id: StatementId, name: string) {
    return heldAt(this.#state, this.#position(id), name);
  }

  undefinedReads(id: StatementId) {
    return this.#state.drafts[this.#position(id)]?.undefinedReads ?? [];
  }

  #position(id: StatementId): number {
    const position = this.#state.positions.get(id);
    if (position === undefined) throw new RangeError(`there is no statement ${id} in this order`);
    return position;
  }
}
