import type { AnalysedCell, Dataflow, Edge, Statement, StatementId } from "../dataflow/model.ts";
import { cellOf } from "../dataflow/statement-id.ts";
import { decidedTest } from "../dataflow/statements/decided-test.ts";
import { mayRaiseTag } from "../notebook/cell-tags.ts";
import { stoppedAt } from "../orders/stopped-at.ts";
import { errorOf } from "../rules/record.ts";
import { without } from "./without.ts";

/** A cell that did not run to its end in the saved notebook, in two parts. */
export interface BrokenOff {
  readonly reached: readonly Statement[];
  /** The statement that stopped it, and those behind; none where a person did, so that a run goes on. */
  readonly notReached: readonly Statement[];
  /** `expected`: the notebook's author wants it to fail, so that it is a part of what runs. */
  readonly by: "error" | "expected" | "person";
  /** The statement that stopped it may have done a part of its work. */
  readonly isHalfDone: boolean;
}

/** Those of these cells of which the file tells how far they came, by index. */
export function brokenOff(cells: readonly AnalysedCell[]): ReadonlyMap<number, BrokenOff> {
  const found = new Map<number, BrokenOff>();
  for (const each of cells) {
    const one = brokenCell(each);
    if (one !== undefined) found.set(each.cell.index, one);
  }
  return found;
}

function brokenCell({ cell, statements }: AnalysedCell): BrokenOff | undefined {
  if (errorOf(cell)?.name === "KeyboardInterrupt")
    return { reached: statements, notReached: [], by: "person", isHalfDone: false };
  const at = stoppedAt(cell, statements);
  if (at === undefined) return undefined;
  const isHalfDone = !didNothing(statements[at] as Statement);
  const isExpected = cell.tags.includes(mayRaiseTag);
  // What is expected and did a part of its work stays: the pipeline fails at it as the notebook does, and says so.
  if (isExpected && isHalfDone) return undefined;
  const parts = { reached: statements.slice(0, at), notReached: statements.slice(at) };
  return { ...parts, by: isExpected ? "expected" : "error", isHalfDone };
}

/**
 * Of cells that are meant to fail and were saved without their error, those that say themselves where they do, by index:
 * at a `raise` that nothing stands around.
 */
export function failingOnPurpose(cells: readonly AnalysedCell[]): ReadonlyMap<number, BrokenOff> {
  const found = new Map<number, BrokenOff>();
  for (const { cell, statements } of cells) {
    const at = statements.findIndex(raisesForSure);
    if (at === -1) continue;
    const parts = { reached: statements.slice(0, at), notReached: statements.slice(at) };
    found.set(cell.index, { ...parts, by: "expected", isHalfDone: false });
  }
  return found;
}

/** `raise ValueError("no")`, `assert False`: whoever gets there goes no further. */
function raisesForSure({ node }: Statement): boolean {
  return node.type === "Raise" || (node.type === "Assert" && decidedTest(node.test, false) === false);
}

const simple: ReadonlySet<string> = new Set(["AnnAssign", "Assert", "Assign", "Expr", "FunctionDef", "Raise"]);

/** A statement of one step changes nothing when it raises; an import that fails at its second name has bound the first. */
function didNothing({ node, accesses }: Statement): boolean {
  const isImport = node.type === "Import" || node.type === "ImportFrom";
  const isOneStep = isImport ? node.names.length === 1 : simple.has(node.type);
  return isOneStep && accesses.every(({ kind }) => kind !== "change");
}

interface Surroundings {
  readonly dataflow: Dataflow;
  /** Statements that are no part of the pipeline anyway. */
  readonly aside: ReadonlySet<StatementId>;
  /** Cells that may be none, by index. */
  readonly doubtful: ReadonlyMap<number, string>;
}

/** The cells whose first part others need that stay, or that are meant to fail, by index. */
export function neededOf(broken: ReadonlyMap<number, BrokenOff>, around: Surroundings): ReadonlySet<number> {
  const needed = new Set([...broken].flatMap(([index, { by }]) => (by === "expected" ? [index] : [])));
  const perhaps = [...broken].filter(([, { by, reached }]) => by !== "expected" && reached.length > 0);
  if (perhaps.length === 0) return needed;
  const notReached = [...broken.values()].flatMap((each) => each.notReached.map(({ id }) => id));
  const { edges } = without(around.dataflow, new Set([...around.aside, ...notReached]));
  const leading = Map.groupBy(edges, ({ from }) => cellOf(from));
  const stays = (index: number) => !around.doubtful.has(index) || needed.has(index);
  for (let size = -1; size !== needed.size; ) {
    size = needed.size;
    for (const [index] of perhaps)
      if (leading.get(index)?.some(({ to }) => cellOf(to) !== index && stays(cellOf(to)))) needed.add(index);
  }
  return needed;
}

/**
 * What a cell that is left out made before it failed, if it came so far, and a cell that stays needs. Where it is known to
 * have failed at its first statement, only what that may have changed by then: it has bound nothing.
 */
export function perhapsLost(
  index: number,
  { dataflow, doubtful }: Omit<Surroundings, "aside">,
  broken: ReadonlyMap<number, BrokenOff>,
): Edge | undefined {
  const kinds = broken.has(index) ? changing : lasting;
  return dataflow.edges.find(
    ({ from, to, kind, certainty }) =>
      cellOf(from) === index &&
      kinds.has(kind) &&
      certainty === "must" &&
      !doubtful.has(cellOf(to)) &&
      cellOf(to) !== index,
  );
}

const changing: ReadonlySet<Edge["kind"]> = new Set(["change", "alias"]);
const lasting: ReadonlySet<Edge["kind"]> = new Set([...changing, "value", "free-variable"]);
