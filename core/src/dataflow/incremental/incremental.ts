import { type DataflowOptions, finished, inOrder, runCell, wordsIn } from "../analyse.ts";
import { Interpreter } from "../interpreter.ts";
import type { Dataflow, ParsedCell } from "../model.ts";
import type { StatementDraft } from "../recorder.ts";
import { followUncalled } from "../uncalled.ts";
import type { World } from "../world.ts";
import { type BindingPage, boundBy, Dirt } from "./dirt.ts";
import { type Entry, Journal, setOnce } from "./journal.ts";
import { type Page, pageOf } from "./page.ts";

/** So many statements can be added to a cell before those of all cells behind it get other positions. */
const room = 16;

/** After so many entries nobody asks for any more, all is run afresh: what was once made is kept until then. */
const mostForgotten = 200_000;

/**
 * The dataflow of a notebook that is being edited, in one order. It goes back to the edited cell, runs that, and takes
 * over what the cells behind it did where nothing that they depend on is different. Its answers are those of
 * `analyseDataflow`, whatever was edited; an answer is good until the next analysis.
 */
export class IncrementalDataflow {
  #state: State | undefined;

  /** As `analyseDataflow`. Cells are the same ones as before where they are the same objects with the same index. */
  analyse(cells: readonly ParsedCell[], { order, ...world }: DataflowOptions = {}): Dataflow {
    const sequence = inOrder(cells, order);
    const isKept = this.#state?.isIn(world) === true && this.#state.update(cells, sequence);
    if (!isKept) {
      this.#state = new State(world);
      this.#state.update(cells, sequence);
    }
    return (this.#state as State).finish(cells);
  }
}

/** What one cell did when it ran. */
interface CellRun extends BindingPage {
  readonly cell: ParsedCell;
  readonly base: number;
  readonly drafts: readonly StatementDraft[];
  readonly reads: ReadonlySet<unknown>;
  readonly spent: number;
}

class State {
  readonly #versions: string;
  readonly #journal = new Journal();
  readonly #run: Interpreter;
  #runs: CellRun[] = [];
  /** What was done after the last cell. */
  #afterwards: Page = pageOf([], []);
  #words: () => ReadonlySet<string> = () => new Set();
  /** The words that were asked for: what ran is true for these only. */
  #told: ReadonlySet<string> | undefined;
  #forgotten = 0;

  constructor(world: World) {
    this.#versions = JSON.stringify(world.versions ?? {});
    const mention = () => {
      this.#told = this.#words();
      return this.#told;
    };
    this.#run = new Interpreter(world, mention, this.#journal);
  }

  /** Whether what ran, ran in this world. */
  isIn({ versions, ownModules }: World): boolean {
    return this.#versions === JSON.stringify(versions ?? {}) && this.#run.world.ownModules === ownModules;
  }

  /** Goes on from what ran before; false where that cannot be, and all has to be run afresh. */
  update(cells: readonly ParsedCell[], sequence: readonly ParsedCell[]): boolean {
    this.#words = () => wordsIn(cells);
    if (this.#told !== undefined && !isSameSet(this.#told, this.#words())) return false;
    if (this.#forgotten > mostForgotten) return false;
    const before = this.#runs;
    const start = commonStart(before, sequence);
    this.#undo(this.#afterwards);
    this.#forget(this.#afterwards);
    this.#afterwards = pageOf([], []);
    for (let at = before.length - 1; at >= start; at--) this.#undo(before[at] as CellRun);
    this.#runs = before.slice(0, start);
    const spent = this.#runs.reduce((sum, ran) => sum + ran.spent, 0);
    this.#run.recorder.drafts.length = start === 0 ? 0 : this.#end - room;
    if (!this.#run.respend(spent)) return false;
    for (const gone of before.slice(Math.max(start, sequence.length))) this.#forget(gone);
    return this.#goOn(before, sequence, start);
  }

  /** What has been found. */
  finish(cells: readonly ParsedCell[]): Dataflow {
    this.#journal.turn(this.#end);
    followUncalled(this.#run, this.#end);
    this.#afterwards = pageOf(this.#journal.entries, this.#journal.made);
    return finished(
      this.#run,
      this.#runs.map(({ cell }) => cell),
      cells,
    );
  }

  #goOn(before: readonly CellRun[], sequence: readonly ParsedCell[], start: number): boolean {
    const dirt = new Dirt(this.#run.module.layer);
    for (const [at, cell] of sequence.entries()) {
      if (at < start) continue;
      const old = before[at];
      const next = before[at + 1];
      // Where the cells behind stand at other positions, nothing that they did is the same.
      if (old !== undefined && next !== undefined && old.base + cell.module.body.length > next.base) return false;
      const isSame = old !== undefined && isSameCell(old.cell, cell);
      if (isSame && !dirt.isReadBy(old.reads)) {
        this.#redo(old);
        dirt.redone(old);
        if (!this.#run.respend(this.#run.spent + old.spent)) return false;
        continue;
      }
      if (old !== undefined) this.#forget(old);
      const ran = this.#runCell(cell, old?.base ?? this.#end);
      this.#forgotten += (old?.entries.length ?? 0) + (old?.made.length ?? 0);
      if (old?.cell.cell.index === cell.cell.index) dirt.compared(old, ran);
      else dirt.replaced(old, ran);
    }
    return true;
  }

  #runCell(cell: ParsedCell, base: number): CellRun {
    this.#journal.turn(base);
    const before = this.#run.spent;
    runCell(this.#run, cell, base);
    const { made, reads } = this.#journal;
    const entries = setOnce(this.#journal.entries);
    const ran: CellRun = {
      cell,
      base,
      drafts: this.#run.recorder.drafts.slice(base, base + cell.module.body.length),
      ...pageOf(entries, made),
      binds: boundBy(entries),
      reads,
      spent: this.#run.spent - before,
    };
    this.#runs.push(ran);
    return ran;
  }

  #redo(ran: CellRun): void {
    for (const object of ran.made) object.timesMade++;
    for (const entry of ran.lasting) entry.redo();
    ran.drafts.forEach((draft, at) => {
      this.#run.recorder.drafts[ran.base + at] = draft;
    });
    this.#runs.push(ran);
  }

  /** Takes back what others can see. */
  #undo({ lasting, made }: Page): void {
    undoAll(lasting);
    for (const object of made) object.timesMade--;
  }

  /** Takes back the rest of what was taken back, before another cell runs in its place. */
  #forget({ inner }: Page): void {
    undoAll(inner);
  }

  /** Behind the last statement, with room for others. */
  get #end(): number {
    const last = this.#runs.at(-1);
    return last === undefined ? 0 : last.base + last.cell.module.body.length + room;
  }
}

function undoAll(entries: readonly Entry[]): void {
  for (let at = entries.length - 1; at >= 0; at--) entries[at]?.undo();
}

function commonStart(before: readonly CellRun[], sequence: readonly ParsedCell[]): number {
  let length = 0;
  for (const { cell } of before) {
    const other = sequence[length];
    if (other === undefined || !isSameCell(cell, other)) break;
    length++;
  }
  return length;
}

function isSameCell(one: ParsedCell, other: ParsedCell): boolean {
  return one.module === other.module && one.cell.index === other.cell.index;
}

function isSameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && one.isSubsetOf(other);
}
