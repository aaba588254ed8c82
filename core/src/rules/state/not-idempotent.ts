import type { CallSite, Dataflow, Statement } from "../../dataflow/model.ts";
import type { Effect } from "../../effects/effect.ts";
import type * as ast from "../../python/ast.ts";
import type { Span } from "../../text/position.ts";
import { type CellCode, inCode } from "../clue.ts";
import { meets } from "../condition.ts";
import { codeCell, lostRunsBefore } from "../record.ts";
import { rule, sourceRange } from "../rule.ts";
import { accumulatesThrough } from "./accumulating.ts";
import { isRepeatable, placeText, readsPlace, rootName } from "./repeatable.ts";
import { functionsOf, RepeatableFunctions } from "./repeatable-function.ts";

/** Something that a cell makes of its own earlier value. */
interface Update {
  readonly name: string;
  /** The place, as written: `d["age"]`. */
  readonly text: string;
  readonly span: Span;
  /** `d["age"] = ... d["age"] ...` */
  readonly how: string;
  /** Whether a second run surely gives another value; not where a function that nobody knows makes it. */
  readonly isSure: boolean;
}

export const notIdempotent = rule("NB109", function* ({ notebook, document }) {
  for (const { cell, updates } of updatesOf(document).values()) {
    const told = new Set<string>();
    const { cell: index } = cell.translation;
    const recorded = codeCell(notebook, index);
    for (const { name, text, span, how, isSure } of updates) {
      if (told.has(text)) continue;
      told.add(text);
      const lost = recorded === undefined ? 0 : lostRunsBefore(notebook, recorded);
      const ranTwice = isSure && lost > 0;
      yield {
        // A gap may as well come from a cell that is gone.
        tier: "hint",
        severity: ranTwice ? "warning" : "info",
        cell: index,
        range: sourceRange(cell, span),
        subject: name,
        message:
          `This cell makes \`${text}\` out of its own earlier value (${how}): each run of it changes the result once more. ` +
          (ranTwice
            ? "The counts have a gap just below this cell's, so it may have run twice, and the saved results may be those of the second run. "
            : "") +
          "Write the result to a new name, or make the value anew in this cell.",
        predicts: `a second run of the cell gives another \`${name}\``,
        evidence: ranTwice
          ? [
              {
                cell: index,
                message: `ran as In [${recorded?.executionCount}]; ${lost === 1 ? "the count below it is" : `the ${lost} counts below it are`} missing`,
              },
            ]
          : [],
      };
    }
  }
});

/** Names of which a second run of a cell surely makes other values. */
export function updatedNames(document: Dataflow, cell: number): ReadonlySet<string> {
  return updatesOf(document).get(cell)?.sure ?? noNames;
}

const noNames: ReadonlySet<string> = new Set();

/** What a cell makes of its own earlier values. */
interface CellUpdates {
  readonly cell: CellCode;
  readonly updates: readonly Update[];
  /** The names that a second run surely gives other values. */
  readonly sure: ReadonlySet<string>;
}

const known = new WeakMap<Dataflow, ReadonlyMap<number, CellUpdates>>();

/** By cell; where functions of the notebook are in play, by what these do. */
function updatesOf(document: Dataflow): ReadonlyMap<number, CellUpdates> {
  let updates = known.get(document);
  if (updates === undefined) {
    updates = new Map(
      possibleUpdates(document).map(({ cell, alone }) => {
        const own = isAlone(document, cell) ? alone : [...updatesIn(cell, document)];
        const sure = new Set(own.filter(({ isSure }) => isSure).map(({ name }) => name));
        return [cell.translation.cell, { cell, updates: own, sure }];
      }),
    );
    known.set(document, updates);
  }
  return updates;
}

/**
 * Cells that may update something, with what that is if the notebook has no functions. A function can only turn out to be
 * the same when it is done again, and add to what it is called with.
 */
const possibleUpdates = inCode((cell) => {
  const alone = [...updatesIn(cell)];
  const changesByCalls = cell.statements.some(({ accesses }) =>
    accesses.some(({ kind, through }) => kind === "change" && through !== undefined),
  );
  return alone.length > 0 || changesByCalls ? [{ cell, alone }] : [];
});

/** Whether a cell uses no function of the notebook. */
function isAlone(document: Dataflow, { statements }: CellCode): boolean {
  const functions = functionsOf(document);
  return statements.every(({ accesses }) =>
    accesses.every(({ through, place: { name } }) => through === undefined && !functions.has(name)),
  );
}

const noFunctions = new RepeatableFunctions([]);

/** What a cell updates; of functions of the notebook nothing is known without the document. */
function* updatesIn(cell: CellCode, document?: Dataflow): Generator<Update> {
  const functions = document === undefined ? noFunctions : functionsOf(document);
  const madeHere = new Set<string>();
  for (const statement of cell.statements) {
    yield* inBlock(cell, statement, functions, madeHere);
    yield* byCalls(statement, madeHere);
    if (document !== undefined) yield* byFunctions(document, statement, madeHere);
    for (const { kind, place, certainty } of statement.accesses) {
      if (kind === "bind" && place.path.length === 0 && certainty === "must" && !isReadBy(statement, place.name))
        madeHere.add(place.name);
    }
  }
}

function isReadBy({ accesses }: Statement, name: string): boolean {
  return accesses.some(({ kind, place }) => kind === "read" && place.name === name);
}

/** Assignments in a statement and in the blocks inside it; what the blocks make anew is added to `madeHere`. */
function* inBlock(
  cell: CellCode,
  { node: root, calls }: Statement,
  functions: RepeatableFunctions,
  madeHere: Set<string>,
): Generator<Update> {
  const { python } = cell.translation;
  const waiting: ast.Stmt[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const target =
      node.type === "Assign" && node.targets.length === 1
        ? node.targets[0]
        : node.type === "AugAssign"
          ? node.target
          : undefined;
    const name = target && rootName(target);
    if (target !== undefined && name !== undefined && !madeHere.has(name)) {
      const text = placeText(python, target);
      if (node.type === "AugAssign" && node.op !== "|" && node.op !== "&") {
        yield { name, text, span: node, how: `\`${text} ${node.op}= ...\``, isSure: true };
      } else if (node.type === "Assign") {
        const isOwn = readsPlace(python, node.value, text);
        const isDoneAgain =
          !isOwn ||
          (target.type === "Name" && functions.isUpdate(python, node.value, name)) ||
          (target.type === "Name" && calls.some((call) => call.node === node.value && isMadeAnewIn(call, name)));
        const repeatable = isDoneAgain ? "same" : isRepeatable(python, node.value, text, functions);
        if (repeatable !== "same") {
          yield { name, text, span: node, how: `\`${text} = ... ${text} ...\``, isSure: repeatable === "other" };
        } else if (!isOwn && target.type === "Name") madeHere.add(name);
      }
    }
    if (node.type === "For" || node.type === "AsyncFor") addLoopNames(node, madeHere);
    if (node.type === "With" || node.type === "AsyncWith") addTargets(node, madeHere);
    waiting.push(...blocksOf(node).reverse());
  }
}

/** `model = model.fit(X, y)`: gives the model itself, fitted as by the first time, unless it is among the arguments. */
function isMadeAnewIn({ receiver, effect, node, argumentNames }: CallSite, name: string): boolean {
  const { func } = node;
  return (
    receiver === name &&
    func.type === "Attribute" &&
    func.value.type === "Name" &&
    effect?.returns.kind === "argument" &&
    effect.returns.of === "self" &&
    effect.changes.every(({ idempotent }) => idempotent === true) &&
    ![...argumentNames.values()].some((names) => names.includes(name))
  );
}

/** `for d in [train, test]` goes over tables of the notebook; other loops over things that the cell may make anew. */
function addLoopNames(node: ast.For, madeHere: Set<string>): void {
  const overNames =
    (node.iter.type === "List" || node.iter.type === "Tuple") && node.iter.elts.every(({ type }) => type === "Name");
  if (!overNames && node.target.type === "Name") madeHere.add(node.target.id);
}

function addTargets(node: ast.With, madeHere: Set<string>): void {
  for (const { optional_vars: target } of node.items) if (target?.type === "Name") madeHere.add(target.id);
}

function blocksOf(node: ast.Stmt): ast.Stmt[] {
  switch (node.type) {
    case "For":
    case "AsyncFor":
    case "While":
    case "If":
      return [...node.body, ...node.orelse];
    case "With":
    case "AsyncWith":
      return [...node.body];
    case "Try":
    case "TryStar":
      return [...node.body, ...node.handlers.flatMap(({ body }) => body), ...node.orelse, ...node.finalbody];
    default:
      return [];
  }
}

/** `l.append(x)`, `df.drop(columns="a", inplace=True)`. */
function* byCalls(statement: Statement, madeHere: ReadonlySet<string>): Generator<Update> {
  for (const { effect, receiver, text, node, callee } of statement.calls) {
    if (effect === undefined || receiver === undefined || madeHere.has(receiver) || !accumulates(effect, node))
      continue;
    const changes = statement.accesses.some(
      ({ kind, place, certainty }) => kind === "change" && place.name === receiver && certainty === "must",
    );
    // Changes of what a loop's names stand for are those of the things that are looped over.
    if (changes && !isExpected(effect, callee))
      yield { name: receiver, text: receiver, span: node, how: `\`${text}(...)\``, isSure: true };
  }
}

/** `tracker.add(3)`, where the method is the notebook's own and adds to what the object holds. */
function* byFunctions(
  document: Dataflow,
  { accesses, node }: Statement,
  madeHere: ReadonlySet<string>,
): Generator<Update> {
  for (const access of accesses) {
    const { kind, place, certainty, through } = access;
    if (kind !== "change" || certainty !== "must" || through === undefined || madeHere.has(place.name)) continue;
    if (accumulatesThrough(document, access))
      yield { name: place.name, text: place.name, span: node, how: `\`${through}(...)\` adds to it`, isSure: true };
  }
}

/** Figures, random streams, and what is outside: a connection's or a file's state is not a value of the notebook. */
const meantAgain =
  /^(?:matplotlib|numpy\.random|random|sqlite3|sqlalchemy|duckdb|_?io)\.|\.(?:close|commit|flush|rollback|seek)$/;

/** Fitting, drawing, plotting and settings are meant to be done again. */
function isExpected(effect: Effect, callee: string | undefined): boolean {
  const roles = ["fit", "fit-transform", "search", "plot", "setting", "seed", "make-model", "predict", "score"];
  return roles.includes(effect.role ?? "") || effect.random !== undefined || meantAgain.test(callee ?? "");
}

function accumulates(effect: Effect, node: ast.Call): boolean {
  return effect.changes.some(
    ({ argument, when, idempotent }) => argument === "self" && idempotent !== true && meets(node, effect, when),
  );
}
