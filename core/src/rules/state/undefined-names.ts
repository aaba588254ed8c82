import type { Access, Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { append } from "../../text/append.ts";
import type { Analysis } from "../analysis.ts";
import { inStatements } from "../clue.ts";
import { indexOf } from "../document-index.ts";
import { globalBindings } from "../global-bindings.ts";
import { codeCell, isMeantToFail } from "../record.ts";
import { brokenCells } from "./syntax-error.ts";

/** A name that is read where nothing above has bound it, from top to bottom. */
export interface UndefinedName {
  readonly name: string;
  /** The first statement that reads it, and how. */
  readonly statement: Statement;
  readonly access: Access;
  /** Later statements that read it, still unbound. */
  readonly again: readonly { readonly statement: Statement; readonly access: Access }[];
  /** The first statement below that binds it. */
  readonly definedBy?: Statement;
  /** The last statement above that deletes it: `del name`, `%reset`. */
  readonly deletedBy?: Statement;
}

const known = new WeakMap<Analysis, readonly UndefinedName[]>();

/** Each name once, in the order of the document; cells that are meant to fail left out. */
export function undefinedNames(analysis: Analysis): readonly UndefinedName[] {
  const found = known.get(analysis) ?? find(analysis);
  known.set(analysis, found);
  return found;
}

function find(analysis: Analysis): UndefinedName[] {
  const { document, notebook } = analysis;
  const unread = wordsOfBroken(analysis);
  const reads = new Map<string, { statement: Statement; access: Access }[]>();
  for (const { statement, access } of unboundReads(document)) {
    const cell = codeCell(notebook, statement.cell);
    if (cell === undefined || isMeantToFail(cell)) continue;
    if (unread.cells.has(statement.cell) || unread.words.has(access.place.name)) continue;
    append(reads, access.place.name, { statement, access });
  }
  if (reads.size === 0) return [];
  const index = indexOf(document);
  const bindings = Map.groupBy(
    globalBindings(document).filter(({ name }) => reads.has(name)),
    ({ name }) => name,
  );
  return [...reads].map(([name, all]) => {
    // What is read for sure says more than what may be read above it.
    const first = all.find(({ access }) => access.certainty === "must") ?? (all[0] as (typeof all)[number]);
    const own = bindings.get(name) ?? [];
    const definedBy = own.find(
      ({ kind, statement }) => kind === "bind" && index.isBefore(first.statement, statement),
    )?.statement;
    const deletedBy = own.findLast(
      ({ kind, statement }) => kind === "delete" && index.isBefore(statement, first.statement),
    )?.statement;
    return {
      name,
      statement: first.statement,
      access: first.access,
      again: all.filter((read) => read !== first && read.statement.cell !== first.statement.cell),
      ...(definedBy === undefined ? {} : { definedBy }),
      ...(deletedBy === undefined ? {} : { deletedBy }),
    };
  });
}

/** Cells that are not Python (NB118 tells of them), and the words in them: who knows what these would have bound. */
function wordsOfBroken({ document }: Analysis): {
  readonly cells: ReadonlySet<number>;
  readonly words: ReadonlySet<string>;
} {
  const broken = brokenCells(document);
  const texts = broken.flatMap(({ translation }) => translation.source.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  return { cells: new Set(broken.map(({ translation }) => translation.cell)), words: new Set(texts) };
}

/** Reads of names that nothing above binds, but for those that ask whether the name is there. */
const unboundReads = inStatements((statement) =>
  expectsNameError(statement.node) ? [] : statement.undefinedReads.map((access) => ({ statement, access })),
);

/** `try: unicode` / `except NameError:` asks whether the name is there. */
function expectsNameError(node: ast.Stmt): boolean {
  if (node.type !== "Try") return false;
  return node.handlers.some(({ exceptionType }) => {
    const types = exceptionType?.type === "Tuple" ? exceptionType.elts : [exceptionType];
    return types.some(
      (type) =>
        type === undefined || (type.type === "Name" && ["NameError", "Exception", "BaseException"].includes(type.id)),
    );
  });
}
