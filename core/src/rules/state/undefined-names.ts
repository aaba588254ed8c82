import type { Access, Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { append } from "../../text/append.ts";
import type { Analysis } from "../analysis.ts";
import { codeCell, isMeantToFail } from "../record.ts";
import { perStatement } from "../remembered.ts";

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
  const { statements } = analysis.document;
  const unread = wordsOfBroken(analysis);
  const reads = new Map<string, { statement: Statement; access: Access; position: number }[]>();
  for (const [position, statement] of statements.entries()) {
    const cell = codeCell(analysis.notebook, statement.cell);
    if (cell === undefined || isMeantToFail(cell) || expectsNameError(statement.node)) continue;
    if (unread.cells.has(statement.cell)) continue;
    for (const access of analysis.document.undefinedReads(statement.id)) {
      if (unread.words.has(access.place.name)) continue;
      const read = { statement, access, position };
      append(reads, access.place.name, read);
    }
  }
  const binders = new Map<string, number[]>();
  for (const [position, statement] of statements.entries()) {
    for (const name of boundNames(statement)) if (reads.has(name)) append(binders, name, position);
  }
  return [...reads].map(([name, all]) => {
    // What is read for sure says more than what may be read above it.
    const first = all.find(({ access }) => access.certainty === "must") ?? (all[0] as (typeof all)[number]);
    const below = binders.get(name)?.find((position) => position > first.position);
    const definedBy = below === undefined ? undefined : statements[below];
    const deletedBy = statements.slice(0, first.position).findLast((statement) => deletes(statement, name));
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
  const broken = document.cells.filter(({ module }) => module.errors.length > 0);
  const texts = broken.flatMap(({ cell }) => cell.source.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  return { cells: new Set(broken.map(({ cell }) => cell.index)), words: new Set(texts) };
}

function deletes({ accesses }: Statement, name: string): boolean {
  return accesses.some(({ kind, place }) => kind === "delete" && place.name === name && place.path.length === 0);
}

/** The global names that a statement binds itself. */
export const boundNames = perStatement(({ accesses }): readonly string[] =>
  accesses.filter(({ kind, place }) => kind === "bind" && place.path.length === 0).map(({ place }) => place.name),
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
