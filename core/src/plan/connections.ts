import type { Statement } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { walk } from "../python/walk.ts";
import { isInMemory } from "../text/database-place.ts";
import { isReadingQuery } from "../text/sql-query.ts";
import { at, type Bench, bindersOf, importedNames, kept } from "./bench.ts";
import { globalUses } from "./definitions/name-uses.ts";
import { type Facts, needs } from "./facts.ts";
import { assignedName } from "./statement-kinds.ts";

/** What opens a connection to a database. */
const openers =
  /^(?:sqlite3\.connect|sqlalchemy\.create_engine|duckdb\.connect|psycopg2?\.connect|pymysql\.connect|MySQLdb\.connect|mysql\.connector\.connect|pyodbc\.connect)$/;
/** What may be called on the way to its arguments: it gives the same in each process. */
const telling =
  /^(?:os\.(?:path\.|getenv$|environ\.)|pathlib\.|urllib\.parse\.|builtins\.str(?:\.|$)|sqlalchemy\.(?:engine\.)?URL\b)/;

const queries = new Set(["read_sql", "read_sql_query", "read_sql_table"]);
const closings = new Set(["close", "dispose"]);

/** True for `con = sqlite3.connect(PATH)`: it may stand in several stages, each of which opens a connection of its own. */
export function opensConnection({ node, calls }: Pick<Statement, "node" | "calls">): boolean {
  const value = assignedName(node)?.value;
  return value !== undefined && calls.some((call) => call.node === value && openers.test(call.callee ?? ""));
}

/**
 * Connections that the notebook opens once and only asks (`pd.read_sql(..., con)`): no file can hand one on, but each
 * stage can open it again and finds the same data. Not those to a database in memory, nor any that is written to, or that
 * is handed to code that nobody knows: what it has begun would be lost with it.
 */
export function connectionsToReopen(bench: Bench): readonly Facts[] {
  const binders = bindersOf(bench);
  return at(bench, "work").filter((facts) => {
    const name = opensConnection(facts.statement) ? assignedName(facts.statement.node)?.target.id : undefined;
    if (name === undefined || binders.get(name)?.length !== 1) return false;
    return opensAlike(bench, facts, binders) && kept(bench).every((each) => each === facts || onlyAsks(each, name));
  });
}

/** Whether it opens the same in every process: its arguments are constants, parameters, and what the process is told. */
function opensAlike(bench: Bench, facts: Facts, binders: ReadonlyMap<string, readonly Facts[]>): boolean {
  const { calls, node } = facts.statement;
  if (!calls.every(({ callee = "" }) => openers.test(callee) || telling.test(callee))) return false;
  const imported = importedNames(bench);
  const own = [...needs(facts)].filter((name) => !imported.has(name));
  const makers = own.flatMap((name) => binders.get(name) ?? []);
  const areFixed =
    makers.length === own.length && makers.every(({ id }) => /^(parameter|constant)$/.test(bench.homes.get(id) ?? ""));
  const opening = assignedName(node)?.value as ast.Call;
  const hasArguments = opening.args.length + opening.keywords.length > 0;
  return areFixed && hasArguments && ![node, ...makers.map(({ statement }) => statement.node)].some(namesMemory);
}

function namesMemory(node: ast.Stmt): boolean {
  return walk(node).some(
    ({ node: part }) => part.type === "Constant" && part.kind === "str" && isInMemory(String(part.value)),
  );
}

/** Whether every use that a statement, or a function that it defines, makes of a connection is a query or its end. */
function onlyAsks({ statement: { node }, deletes }: Facts, name: string): boolean {
  const uses = new Set<ast.Expr>(globalUses(node, new Set([name])));
  if (uses.size === 0) return true;
  if (deletes.has(name)) return false;
  for (const { node: call } of walk(node)) {
    if (call.type !== "Call" || call.func.type !== "Attribute") continue;
    const { attr, value } = call.func;
    if (closings.has(attr.name)) uses.delete(value);
    if (!queries.has(attr.name) || !isReading(call)) continue;
    for (const given of [...call.args.slice(1), ...call.keywords.map((keyword) => keyword.value)]) uses.delete(given);
  }
  return uses.size === 0;
}

/** A query by a name is one that pandas gives a table of: it reads. */
function isReading({ args, keywords }: ast.Call): boolean {
  const query = args[0] ?? keywords.find(({ arg }) => arg?.name === "sql")?.value;
  if (query?.type === "JoinedStr")
    return isReadingQuery(query.values.map((part) => (part.type === "Constant" ? String(part.value) : "x")).join(""));
  return query?.type === "Constant" ? isReadingQuery(String(query.value)) : query?.type === "Name";
}
