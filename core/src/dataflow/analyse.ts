import type * as ast from "../python/ast.ts";
import { append } from "../text/append.ts";
import { assign } from "./incremental/journal.ts";
import { Interpreter } from "./interpreter.ts";
import type {
  AnalysedCell,
  Dataflow,
  Edge,
  FileAccess,
  FolderMaking,
  NameValue,
  Overwriting,
  ParsedCell,
  RandomUse,
  Sharing,
  Statement,
  StatementId,
} from "./model.ts";
import type { Binding } from "./names/frame.ts";
import { heldAt } from "./objects/held-objects.ts";
import { viewsAt } from "./objects/views.ts";
import { followCommands } from "./process/commands.ts";
import { leavesFiguresOpen } from "./process/open-figures.ts";
import { type AnalysisState, sharingAt, stateOf, valueAt, valuesAt } from "./state.ts";
import { finishDefinitions } from "./statements/definitions.ts";
import { execute } from "./statements/execute.ts";
import { followUncalled } from "./uncalled.ts";
import type { World } from "./world.ts";

export interface DataflowOptions extends World {
  /** Indices of cells (`CodeCell.index`), in the order they run, each at most once; the order given where absent. */
  readonly order?: readonly number[];
  /** Statements that do not run: they stay in the result, and do nothing. */
  readonly without?: ReadonlySet<StatementId>;
  /** How many calls and rounds of loops are followed in all; what is left is taken for the worst case. */
  readonly fuel?: number;
}

/**
 * Runs the cells abstractly in an order: who reads what from where. Never executes code, never throws for whatever the
 * cells hold. Throws RangeError where `order` names a cell that is not there.
 */
export function analyseDataflow(cells: readonly ParsedCell[], options: DataflowOptions = {}): Dataflow {
  const { order, without, fuel, ...world } = options;
  const run = new Interpreter(world, () => wordsIn(cells), undefined, fuel);
  const sequence = inOrder(cells, order);
  let position = 0;
  for (const cell of sequence) {
    runCell(run, cell, position, without);
    position += cell.module.body.length;
  }
  followUncalled(run, position);
  return finished(run, sequence, cells);
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

/** What a run has found in which the cells of `sequence` ran. `cells` are all of the notebook's, in document order. */
export function finished(run: Interpreter, sequence: readonly ParsedCell[], cells: readonly ParsedCell[]): Dataflow {
  const order = sequence.map(({ cell }) => cell.index);
  return new FinishedDataflow(run, order, cells);
}

/** Runs the statements of a cell, at positions from `base` on, which lie behind those of all that ran before. */
export function runCell(run: Interpreter, cell: ParsedCell, base: number, without?: ReadonlySet<StatementId>): void {
  const analysed: AnalysedCell = { ...cell, statements: [] };
  cell.module.body.forEach((node, ordinal) => {
    const id: StatementId = `${cell.cell.index}.${ordinal}`;
    run.recorder.begin(base + ordinal, analysed, id, ordinal, node);
    if (without?.has(id)) run.recorder.finish([], () => false);
    else runStatement(run, analysed, node, base + ordinal);
  });
  const figuresStay = leavesFiguresOpen(cell) ?? run.process.figuresStay;
  assign(run.journal, "state figure", run.process, "figuresStay", figuresStay);
}

function runStatement(run: Interpreter, cell: AnalysedCell, node: ast.Stmt, position: number): void {
  run.beginStatement(position);
  execute(run, node);
  followCommands(run, cell, node);
  const bound: [string, Binding][] = [];
  for (const name of run.touched) {
    const binding = run.module.layer.own.get(name);
    if (binding !== undefined) bound.push([name, binding]);
  }
  run.recorder.finish(bound, (name) => {
    const binding = run.module.layer.get(name);
    return binding?.certain === true && binding.definers.every((definer) => definer === position);
  });
}

class FinishedDataflow implements Dataflow {
  readonly world: World;
  readonly order: readonly number[];
  readonly cells: readonly AnalysedCell[];
  readonly statements: Statement[] = [];
  readonly edges: Edge[] = [];
  readonly definitions;
  readonly files: FileAccess[] = [];
  readonly folders: FolderMaking[] = [];
  readonly overwritings: Overwriting[] = [];
  readonly randomness: RandomUse[] = [];
  readonly #state: AnalysisState;
  /** Plans ask the same of the same few statements, ends of stages, many times: answers that walk over objects are kept. */
  readonly #values = new Map<string, NameValue | undefined>();
  readonly #sharing = new Map<StatementId, readonly Sharing[]>();
  readonly #views = new Map<StatementId, readonly (readonly string[])[]>();

  constructor(run: Interpreter, order: readonly number[], cells: readonly ParsedCell[]) {
    const { recorder } = run;
    this.world = run.world;
    // Positions are indices, so the gaps stay; a copy, because an editor's run goes on with the array itself.
    const drafts = recorder.drafts.slice();
    const statementsOf = new Map<number, Statement[]>();
    // In one pass: an editor asks after every edit.
    for (const draft of drafts) {
      if (draft === undefined) continue;
      const statement = recorder.statement(draft);
      this.statements.push(statement);
      append(statementsOf, statement.cell, statement);
      for (const edge of draft.needs) this.edges.push(edge);
      for (const file of draft.files) this.files.push(file);
      for (const folder of draft.folders) this.folders.push(folder);
      for (const reader of draft.overwrites) this.overwritings.push({ reader, writer: draft.id });
      for (const use of draft.randomness) this.randomness.push(use);
    }
    this.order = order;
    this.cells = cells.map((cell) => ({ ...cell, statements: statementsOf.get(cell.cell.index) ?? [] }));
    this.definitions = finishDefinitions(run.definitions.values());
    this.#state = stateOf(drafts);
  }

  valuesAfter(id: StatementId) {
    return valuesAt(this.#state, this.#position(id));
  }

  valueAfter(id: StatementId, name: string) {
    return kept(this.#values, `${id} ${name}`, () => valueAt(this.#state, this.#position(id), name));
  }

  sharingAfter(id: StatementId) {
    return kept(this.#sharing, id, () => sharingAt(this.#state, this.#position(id)));
  }

  viewsAfter(id: StatementId) {
    return kept(this.#views, id, () => viewsAt(this.#state, this.#position(id)));
  }

  heldAfter(id: StatementId, name: string) {
    return heldAt(this.#state, this.#position(id), name);
  }

  #position(id: StatementId): number {
    const position = this.#state.positions.get(id);
    if (position === undefined) throw new RangeError(`there is no statement ${id} in this order`);
    return position;
  }
}

/** The answer for a key: the one that was found before, or a new one. */
function kept<Key, Answer>(answers: Map<Key, Answer>, key: Key, find: () => Answer): Answer {
  if (!answers.has(key)) answers.set(key, find());
  return answers.get(key) as Answer;
}
