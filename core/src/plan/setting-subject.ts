import type { CallSite } from "../dataflow/model.ts";
import type * as ast from "../python/ast.ts";
import type { Bench } from "./bench.ts";
import { commandOf } from "./command-statements.ts";
import type { Facts } from "./facts.ts";

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
  if (target === undefined || !calls.every(canRepeat)) return undefined;
  if (root === undefined) return contextOfSetting(target, calls);
  return imported.has(root) ? pathText(target) : undefined;
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

/** `getcontext().prec = 6` sets what a library's function gives of the process. */
function contextOfSetting(target: ast.Expr, calls: readonly CallSite[]): string | undefined {
  if (target.type !== "Attribute") return undefined;
  const { start, end } = target.value;
  const call = calls.find(({ node }) => node.start === start && node.end === end);
  return call?.role === "setting" ? `${call.text}.${target.attr.name}` : undefined;
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
