import { wordsOf } from "../../dataflow/calls/code-text.ts";
import type { AnalysedCell, Dataflow, NotebookDefinition, Statement } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { LineIndex } from "../../text/position.ts";
import { assignedName } from "../statement-kinds.ts";

/**
 * The global names that a statement reads although its code does not name them there: in a formula
 * (`"y ~ half(dose)"`), a query (`"age > @limit"`), SQL. Whoever reads such a text looks the names up in the function
 * that calls it, so each must be a variable there or an import of its module.
 */
export class NamesInTexts {
  readonly #cells: ReadonlyMap<number, AnalysedCell>;
  readonly #definitions: ReadonlyMap<string, NotebookDefinition>;
  readonly #statements: ReadonlyMap<string, Statement>;
  /** The words of every text literal of the notebook. */
  readonly #words: ReadonlySet<string>;

  constructor({ cells, definitions, statements }: Dataflow) {
    this.#cells = new Map(cells.map((each) => [each.cell.index, each]));
    this.#definitions = new Map(definitions.map((each) => [each.statement, each]));
    this.#statements = new Map(statements.map((each) => [each.id, each]));
    const anyCode = statements.some((each) => takesCode(each)) || definitions.length > 0;
    this.#words = anyCode ? new Set(statements.flatMap(({ node }) => [...textWords(node)])) : new Set();
  }

  /** Those that only texts name, among all that a statement and the functions that it defines read. */
  of(statement: Statement): ReadonlySet<string> {
    const { node } = statement;
    const definition = this.#definitions.get(statement.id);
    const assigned = assignedName(node)?.value;
    const reads =
      definition?.textReads ?? (assigned?.type === "Lambda" ? [...queriedIn(assigned)] : this.#readHere(statement));
    if (reads.length === 0) return none;
    const named = definition === undefined ? none : namesIn(node);
    return new Set(reads.filter((name) => !named.has(name) && this.#words.has(name)));
  }

  /** As `of`, with what the functions that a statement calls read so. */
  around(statement: Statement): ReadonlySet<string> {
    const names = new Set(this.of(statement));
    for (const { kind, place, through } of statement.accesses) {
      if (kind !== "read" || through === undefined || !this.#words.has(place.name)) continue;
      for (const { name, statement: id } of this.#definitions.values()) {
        const called = name === through ? this.#statements.get(id) : undefined;
        if (called !== undefined && this.of(called).has(place.name)) names.add(place.name);
      }
    }
    return names;
  }

  /** What a statement reads itself at places where no name stands. */
  #readHere(statement: Statement): readonly string[] {
    const translation = this.#cells.get(statement.cell)?.translation;
    if (translation === undefined || !takesCode(statement)) return [];
    const lines = new LineIndex(translation.source);
    const places = new Set<string>();
    for (const { node } of walk(statement.node)) {
      if (node.type !== "Name") continue;
      const { line, column } = lines.position(translation.toSource(node.start));
      places.add(`${node.id} ${line}:${column}`);
    }
    return statement.accesses
      .filter(({ kind, through }) => kind === "read" && through === undefined)
      .filter(({ place, range: { start } }) => !places.has(`${place.name} ${start.line}:${start.column}`))
      .map(({ place }) => place.name);
  }
}

const none: ReadonlySet<string> = new Set();

function takesCode({ calls }: Statement): boolean {
  return calls.some(({ callee, effect }) => callee === "builtins.eval" || (effect?.code?.length ?? 0) > 0);
}

/** Whether it hands on a text that Python compiles: all but queries, which pandas reads itself. */
export function compilesText({ calls }: Statement): boolean {
  return calls.some(
    ({ callee = "", effect }) => compiling.has(callee) || effect?.code?.some(({ language }) => language !== "query"),
  );
}

const compiling: ReadonlySet<string> = new Set(["builtins.eval", "builtins.exec", "builtins.compile"]);

/** Every name that stands in some code. */
export function namesIn(root: ast.Stmt): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { node } of walk(root)) if (node.type === "Name") named.add(node.id);
  return named;
}

/** The words of the text literals of some code. */
export function* textWords(root: ast.Stmt | ast.Expr): Generator<string> {
  for (const { node } of walk(root))
    if (node.type === "Constant" && node.kind === "str") yield* wordsOf(String(node.value));
}

/** What queries inside of an expression ask for: `"age > @limit"`. */
function* queriedIn(root: ast.Expr): Generator<string> {
  for (const { node } of walk(root)) {
    if (node.type !== "Constant" || node.kind !== "str") continue;
    for (const [, name = ""] of String(node.value).matchAll(/@\s*([\p{L}_][\p{L}\p{N}_]*)/gu)) yield name;
  }
}
