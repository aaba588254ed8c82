import type { CallSite } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import { type Bench, importedNames, kept, open } from "./bench.ts";
import { commandOf, pylabCommand } from "./command-statements.ts";
import { type Facts, produces } from "./facts.ts";
import { notices, reachOfSettings } from "./setting-reach.ts";
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
 * Finds what sets up the process (rcParams, options, warnings, environment variables, the folder): it binds nothing and
 * changes nothing but what imports brought. Where nothing that runs before it can notice, every stage may begin with it.
 * Otherwise it is repeated in each stage that can, at its place among the statements: no file can hand it on. One that
 * needs a value which is another later is one stage with all that can notice it.
 */
export function placeSettings(bench: Bench): void {
  const imported = importedNames(bench);
  const reach = reachOfSettings(bench);
  const seen = new Set<string>();
  const before: Facts[] = [];
  for (const facts of open(bench)) {
    const subject = settingSubject(bench, facts, imported);
    const own = reach(facts);
    if (subject === undefined) {
      // Among other things that it does, in a function that it calls.
      if (facts.statement.setUp.size > 0) bench.boundSettings.set(facts, own);
      before.push(facts);
      continue;
    }
    const isFixed = [...facts.reads, ...facts.changes].every((name) => imported.has(name));
    if (isFixed && !seen.has(subject) && !before.some((each) => notices(each, own))) {
      bench.homes.set(facts.id, "setting");
    } else if (isFixed || isSameLater(bench, facts, imported)) {
      bench.homes.set(facts.id, "repeated-setting");
      bench.repeatedSettings.set(facts, own);
    } else {
      bench.boundSettings.set(facts, own);
      before.push(facts);
    }
    seen.add(subject);
  }
}

/** True where what a setting reads is nothing that a later statement binds or changes. */
function isSameLater(bench: Bench, { position, reads }: Facts, imported: ReadonlySet<string>): boolean {
  const values = [...reads].filter((name) => !imported.has(name));
  return kept(bench).every(
    (facts) => facts.position <= position || !values.some((name) => produces(facts, name) || facts.deletes.has(name)),
  );
}

/** What a setting sets, as text; `undefined` for what is none. */
export function settingSubject(
  bench: Pick<Bench, "cells" | "dataflow">,
  facts: Facts,
  imported: ReadonlySet<string>,
): string | undefined {
  const { statement, changes, changesToo, binds, deletes } = facts;
  const command = commandOf(bench, statement);
  if (command !== undefined)
    return command.meaning === "setting" ? `%${command.name} ${command.argument.split(/[= ]/, 1)[0]}` : undefined;
  if (binds.size > 0 || deletes.size > 0) return undefined;
  if (![...changes, ...changesToo].every((name) => imported.has(name))) return undefined;
  const { node, calls } = statement;
  if (node.type === "Expr") {
    const isSetting = calls.some(({ role }) => role === "setting");
    const [call] = calls;
    if (call !== undefined && calls.length === 1 && statement.setUp.size > 0 && onlySets(bench, call)) return call.text;
    return isSetting && calls.every(canRepeat) && call ? `${call.text} ${firstText(call.node)}` : undefined;
  }
  if (node.type !== "Assign" && node.type !== "AugAssign") return undefined;
  const target = node.type === "Assign" ? node.targets[0] : node.target;
  const root = target === undefined ? undefined : rootName(target);
  if (target === undefined || root === undefined || !imported.has(root) || !calls.every(canRepeat)) return undefined;
  return pathText(target);
}

/** True for a call of a function of the notebook that does nothing but set: `def style(): plt.rcParams[...] = ...`. */
function onlySets({ dataflow }: Pick<Bench, "dataflow">, { callee = "" }: CallSite): boolean {
  const found = dataflow.definitions.filter(({ name }) => callee === `notebook.${name}`);
  const [definition, ...others] = found;
  if (definition?.node.type !== "FunctionDef" || others.length > 0) return false;
  return definition.node.body.every((part) => {
    if (part.type === "Expr") return part.value.type !== "Call" || part.value.func.type === "Attribute";
    if (part.type === "Assign") return part.targets.every((target) => rootName(target) !== undefined);
    return part.type === "Import" || part.type === "ImportFrom" || part.type === "Pass";
  });
}

/** True for a call that sets something, and for one of a library that only answers. */
function canRepeat({ role, effect, callee }: CallSite): boolean {
  if (role !== undefined) return role === "setting";
  if (effect === undefined) return callee?.startsWith("notebook.") !== true;
  return effect.changes.length === 0 && (effect.state ?? []).every(({ use }) => use === "read") && !effect.random;
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
