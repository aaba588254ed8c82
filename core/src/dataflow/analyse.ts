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
  const byIndex = new Map(cells.map((cell) => [cell.cell.index, cell]));
  const order = options.order ?? cells.map(({ cell }) => cell.index);
  const run = new Interpreter(new EffectCatalog(options.versions), () => wordsIn(cells));
  const statementsOf = new Map<number, Statement[]>();
  const drafts = new Map<number, AnalysedCell>();
  for (const parsed of cells) {
    const statements: Statement[] = [];
    statementsOf.set(parsed.cell.index, statements);
    drafts.set(parsed.cell.index, { ...parsed, statements });
  }
  for (const index of order) {
    const cell = drafts.get(index);
    if (cell === undefined || !byIndex.has(index))
      throw new RangeError(`there is no code cell ${index} to put in order`);
    cell.module.body.forEach((node, ordinal) => {
      runStatement(run, cell, node, ordinal);
    });
  }
  followUncalled(run);
  const statements = run.recorder.statements();
  for (const statement of statements) statementsOf.get(statement.cell)?.push(statement);
  return new FinishedDataflow(run, order, [...drafts.values()], statements);
}

function wordsIn(cells: readonly ParsedCell[]): ReadonlySet<string> {
  return new Set(cells.flatMap(({ translation }) => translation.python.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
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
