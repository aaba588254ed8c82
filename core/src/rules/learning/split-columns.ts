import type { Dataflow, Statement, StatementId } from "../../dataflow/model.ts";
import type * as ast from "../../python/ast.ts";
import { walk } from "../../python/walk.ts";
import { indexOf } from "../document-index.ts";
import type { RowSplit } from "./held-out.ts";

/** Which columns of a table go into a split as features, and what the target is made of. */
export interface SplitColumns {
  readonly table: string;
  readonly isFeature: (column: string) => boolean;
  /** Columns that the target is read or computed from. */
  readonly targets: readonly string[];
  /** The target is a column itself, and not computed from others. */
  readonly isColumn: boolean;
}

/** Read from `X = df.drop(columns=[...])`, `y = df["price"]` and their like; absent where it cannot be told. */
export function splitColumns(document: Dataflow, { statement, parts }: RowSplit): SplitColumns | undefined {
  const place = { document, statement: statement.id };
  const [rows, target] = parts.map((part) => resolved(place, part));
  if (rows === undefined || target === undefined) return undefined;
  const features = featuresOf(place, rows);
  if (features === undefined) return undefined;
  const targets = columnsRead(place, target, features.table);
  return targets.length === 0
    ? undefined
    : { ...features, targets, isColumn: targets.length === 1 && columnOf(place, unwrapped(target)) !== undefined };
}

/** Where an expression stands: what its names were bound to is known from there. */
export interface CodePlace {
  readonly document: Dataflow;
  readonly statement: StatementId;
}

/** Texts that are columns of a table in an expression: `df["a"]`, `df[["a", TARGET]]`, `df.groupby("g")["a"]`. */
export function columnsRead(place: CodePlace, node: ast.Expr, table: string): string[] {
  const columns: string[] = [];
  for (const { node: one } of walk(node)) {
    if (one.type === "Subscript" && tableOf(one.value) === table) columns.push(...texts(place, one.slice));
    else if (
      one.type === "Call" &&
      one.func.type === "Attribute" &&
      one.func.attr.name === "pop" &&
      tableOf(one.func.value) === table
    )
      columns.push(...one.args.flatMap((arg) => texts(place, arg)));
  }
  return columns;
}

/** The name of the table at the root of `df`, `df["a"]`, `df.groupby("g")`, `df.loc[...]`. */
export function tableOf(node: ast.Expr): string | undefined {
  let at = node;
  while (at.type === "Attribute" || at.type === "Subscript" || at.type === "Call")
    at = at.type === "Call" ? at.func : at.value;
  return at.type === "Name" ? at.id : undefined;
}

/** The column of `df["a"]`. */
export function columnOf(place: CodePlace, node: ast.Expr): string | undefined {
  return node.type === "Subscript" && node.value.type === "Name" ? texts(place, node.slice)[0] : undefined;
}

/** The texts that an expression is or lists, those that it has by a name too. */
function texts(place: CodePlace, node: ast.Expr): string[] {
  const isList = (one: ast.Expr | undefined) => one?.type === "List" || one?.type === "Tuple";
  const listed = isList(node) ? node : resolved(place, node);
  const all = listed?.type === "List" || listed?.type === "Tuple" ? listed.elts : [node];
  return all.flatMap((one) => {
    const meant = resolved(place, one);
    return meant?.type === "Constant" && meant.kind === "str" ? [String(meant.value)] : [];
  });
}

/** What a name was bound to, where one statement bound it. */
function resolved({ document, statement: at }: CodePlace, node: ast.Expr): ast.Expr | undefined {
  if (node.type !== "Name") return node;
  const index = indexOf(document);
  const before = index.before(at);
  const binders = (before === undefined ? undefined : document.valueAfter(before.id, node.id))?.definedBy ?? [];
  for (const id of binders) {
    const binder = index.statement(id);
    const value = binder && valueFor(binder, node.id);
    if (value !== undefined) return value;
  }
  return undefined;
}

function valueFor({ node }: Statement, name: string): ast.Expr | undefined {
  if (node.type !== "Assign") return undefined;
  for (const target of node.targets) {
    if (target.type === "Name" && target.id === name) return node.value;
    if (target.type !== "Tuple" || node.value.type !== "Tuple") continue;
    const at = target.elts.findIndex((one) => one.type === "Name" && one.id === name);
    if (at !== -1) return node.value.elts[at];
  }
  return undefined;
}

/** Without `.to_numpy()`, `.values`, `.copy()`, `.astype(...)` around it. */
function unwrapped(node: ast.Expr): ast.Expr {
  let at = node;
  for (;;) {
    if (
      at.type === "Call" &&
      at.func.type === "Attribute" &&
      /^(?:to_numpy|copy|astype|reset_index|ravel)$/.test(at.func.attr.name)
    )
      at = at.func.value;
    else if (at.type === "Attribute" && at.attr.name === "values") at = at.value;
    else return at;
  }
}

function featuresOf(place: CodePlace, rows: ast.Expr): Pick<SplitColumns, "table" | "isFeature"> | undefined {
  const node = unwrapped(rows);
  if (node.type === "Subscript" && node.value.type === "Name") {
    const chosen = resolved(place, node.slice);
    const isFeature = chosen && columnTest(place, chosen);
    return isFeature && { table: node.value.id, isFeature };
  }
  if (node.type !== "Call" || node.func.type !== "Attribute" || node.func.attr.name !== "drop") return undefined;
  const named = node.keywords.find(({ arg }) => arg?.name === "columns")?.value ?? node.args[0];
  const left = named === undefined ? [] : texts(place, named);
  if (node.func.value.type !== "Name" || left.length === 0) return undefined;
  return { table: node.func.value.id, isFeature: (column) => !left.includes(column) };
}

/** `["a", "b"]`, and `[c for c in df.columns if c != "price"]`, which is all but what it names. */
function columnTest(place: CodePlace, node: ast.Expr): ((column: string) => boolean) | undefined {
  if (node.type === "List") {
    const named = texts(place, node);
    return named.length === node.elts.length ? (column) => named.includes(column) : undefined;
  }
  if (node.type !== "ListComp") return undefined;
  const own = node.generators.map(({ target }) => (target.type === "Name" ? target.id : ""));
  const named = node.generators.flatMap(({ ifs }) =>
    ifs.flatMap((test) =>
      [...walk(test)].flatMap(({ node: one }) =>
        one.type === "Constant" || (one.type === "Name" && !own.includes(one.id)) ? texts(place, one) : [],
      ),
    ),
  );
  return named.length === 0 ? undefined : (column) => !named.includes(column);
}
