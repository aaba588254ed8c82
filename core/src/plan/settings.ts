import type * as ast from "../python/ast.ts";
import { type Bench, importedNames, open } from "./bench.ts";
import { commandOf, pylabCommand } from "./command-statements.ts";
import type { Facts } from "./facts.ts";
import { isImport } from "./statement-kinds.ts";

/**
 * Finds the imports, wherever they stand. One that takes the place of something else of its name (a class, a variable)
 * is a binding like others and stays where it is.
 */
export function placeImports(bench: Bench): void {
  const others = new Set<string>();
  for (const { id, statement, binds } of open(bench)) {
    const isPylab = pylabCommand(statement.node, bench.cells.get(statement.cell)) !== undefined;
    const isPlaced = isPylab || (isImport(statement.node) && ![...binds.keys()].some((name) => others.has(name)));
    if (isPlaced) bench.homes.set(id, "import");
    else for (const name of binds.keys()) others.add(name);
  }
}

/**
 * Finds what sets up the process (rcParams, options, warnings, environment variables): it names nothing but imports
 * and binds nothing. Where the same thing is set twice, only the first is a setting; the other stays where it is.
 */
export function placeSettings(bench: Bench): void {
  const imported = importedNames(bench);
  const set = new Set<string>();
  for (const facts of open(bench)) {
    const subject = settingSubject(bench, facts, imported);
    if (subject === undefined || set.has(subject)) continue;
    set.add(subject);
    bench.homes.set(facts.id, "setting");
  }
}

/** What a setting sets, as text; `undefined` for what is none. */
function settingSubject(bench: Bench, facts: Facts, imported: ReadonlySet<string>): string | undefined {
  const { statement, reads, changes, binds } = facts;
  const command = commandOf(bench, statement);
  if (command !== undefined) {
    const isSetting = command.meaning === "setting" && command.reads.length === 0;
    return isSetting ? `%${command.name} ${command.argument.split(/[= ]/, 1)[0]}` : undefined;
  }
  const bound = [...binds.keys()];
  if (bound.length > 0) return undefined;
  if (![...reads, ...changes].every((name) => imported.has(name))) return undefined;
  const { node } = statement;
  if (node.type === "Expr") {
    const { calls } = statement;
    const isSetting = calls.length > 0 && calls.some(({ role }) => role === "setting");
    const others = calls.filter(({ role }) => role !== "setting" && role !== undefined);
    const [call] = calls;
    return isSetting && others.length === 0 && call ? `${call.text} ${firstText(call.node)}` : undefined;
  }
  if (node.type !== "Assign" && node.type !== "AugAssign") return undefined;
  const target = node.type === "Assign" ? node.targets[0] : node.target;
  return target !== undefined && rootName(target) !== undefined ? pathText(target) : undefined;
}

function firstText(call: ast.Call): string {
  const [first] = call.args;
  return first?.type === "Constant" ? String(first.value) : `${call.start}`;
}

/** The name at the root of `plt.rcParams["x"]`; `undefined` for a bare name and for anything else. */
function rootName(target: ast.Expr): string | undefined {
  let node = target;
  while (node.type === "Attribute" || node.type === "Subscript") node = node.value;
  return node.type === "Name" && node !== target ? node.id : undefined;
}

function pathText(target: ast.Expr): string {
  const parts: string[] = [];
  let node = target;
  while (node.type === "Attribute" || node.type === "Subscript") {
    parts.push(
      node.type === "Attribute" ? node.attr.name : node.slice.type === "Constant" ? String(node.slice.value) : "*",
    );
    node = node.value;
  }
  if (node.type === "Name") parts.push(node.id);
  return parts.reverse().join(".");
}
