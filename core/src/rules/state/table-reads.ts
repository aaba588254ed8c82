import type * as ast from "../../python/ast.ts";
import { lastName } from "../../python/last-name.ts";
import { walk } from "../../python/walk.ts";

/** What an expression reads of some tables. */
export interface TableReads {
  /** By the names of their columns. */
  readonly columns: ReadonlySet<string>;
  /** Something else, of all columns perhaps. */
  readonly isWhole: boolean;
  /** Something that hangs on all rows, or on their order: a mean, a difference to the row before. */
  readonly isCollective: boolean;
}

/** Functions and methods whose result for one row hangs on the others. */
const collective =
  /^(?:mean|median|std|var|sem|quantile|percentile|average|min|max|sum|prod|count|mode|rank|shift|diff|cum\w+|pct_change|rolling|expanding|ewm|groupby|value_counts|nunique|unique|describe|sample|head|tail|n(?:largest|smallest)|transform|fit\w*|idx\w+|arg\w+|corr|cov|skew|kurt\w*|zscore|q?cut|factorize|len|any|all|duplicated)$/;

const ofRows = new Set(["shape", "size", "index", "empty"]);

/** Attributes of a table that are no column, whatever its columns are called. */
const ofTable = new Set(["columns", "values", "dtypes", "T", "loc", "iloc", "at", "iat", "ndim", "attrs"]);

export const noReads: TableReads = { columns: new Set(), isWhole: false, isCollective: false };

/**
 * What an expression reads of the tables that these names hold. Parts for which `isLeftOut` is true are passed over.
 */
export function readsOf(
  value: ast.Expr,
  tables: ReadonlySet<string>,
  isLeftOut: (part: ast.Expr) => boolean = () => false,
): TableReads {
  const columns = new Set<string>();
  const methods = new Set<unknown>();
  /** Names that stand in something that is understood. */
  const understood = new Set<number>();
  let isWhole = false;
  let ofAllRows = isCollective(value);
  for (const { node } of walk(value)) {
    if (node.type === "Call") {
      methods.add(node.func);
    } else if (node.type === "Subscript" || node.type === "Attribute") {
      const table = tableOf(node.value, tables);
      if (isLeftOut(node)) for (const one of namesIn(node, tables)) understood.add(one.start);
      if (table === undefined || understood.has(table.start) || methods.has(node)) continue;
      const read = node.type === "Subscript" ? columnsIn(node.slice) : attributeRead(node.attr.name);
      if (read === undefined) continue;
      for (const column of read) columns.add(column);
      ofAllRows ||= node.type === "Attribute" && ofRows.has(node.attr.name);
      understood.add(table.start);
    } else if (node.type === "Name" && tables.has(node.id) && !understood.has(node.start)) isWhole = true;
  }
  return { columns, isWhole, isCollective: ofAllRows };
}

/** Whether an expression calls something whose result for one row hangs on the others. */
export function isCollective(value: ast.Expr): boolean {
  return walk(value).some(({ node }) => node.type === "Call" && collective.test(lastName(node.func)));
}

/** The names of a key: `"a"`, `["a", "b"]`, the second of `rows, "a"`. */
export function columnsIn(key: ast.Expr): readonly string[] | undefined {
  if (key.type === "Constant") return typeof key.value === "string" ? [key.value] : undefined;
  if (key.type === "Tuple") return key.elts.length === 2 && key.elts[1] ? columnsIn(key.elts[1]) : undefined;
  if (key.type !== "List") return undefined;
  const names = key.elts.map((one) => (one.type === "Constant" ? one.value : undefined));
  return names.every((name) => typeof name === "string") ? (names as string[]) : undefined;
}

/** `df`, `df.loc`, `df.at`: what is indexed, where it is one of the tables. */
function tableOf(node: ast.Expr, tables: ReadonlySet<string>): ast.Name | undefined {
  const table = node.type === "Attribute" && /^(?:loc|at)$/.test(node.attr.name) ? node.value : node;
  return table.type === "Name" && tables.has(table.id) ? table : undefined;
}

function attributeRead(name: string): readonly string[] | undefined {
  if (ofRows.has(name)) return [];
  return ofTable.has(name) ? undefined : [name];
}

function* namesIn(root: ast.Expr, tables: ReadonlySet<string>): Generator<ast.Name> {
  for (const { node } of walk(root)) if (node.type === "Name" && tables.has(node.id)) yield node;
}
